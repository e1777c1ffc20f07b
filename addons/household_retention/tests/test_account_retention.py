from datetime import date
from unittest.mock import MagicMock, patch

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from odoo.addons.partner_household.tests.common import HouseholdCase

# Nobody logged in since 25 November 2026: due on 25 November 2029.
FIRST, SECOND, END = "2029-09-27", "2029-10-28", "2029-11-28"


@tagged("post_install", "-at_install")
class TestAccountRetention(HouseholdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.officer = new_test_user(
            cls.env,
            "officer",
            "territory_base.territory_group_dpo",
            context={"no_reset_password": True},
            email="officer@exemple.test",
        )
        cls.env.company.email = "accueil@exemple.test"
        cls.rules = cls.env.ref("household_retention.retention_account")
        cls.rules |= cls.env.ref("household_retention.retention_person")
        cls.rules.with_user(cls.officer).action_preview()
        cls.rules.with_user(cls.officer).action_enable()
        cls.env.flush_all()
        # PostgreSQL's clock is that of the machine: nobody else may become due with the day.
        cls.env.cr.execute(
            """UPDATE res_users
               SET create_date
                 = CASE WHEN id IN %s THEN DATE '2026-11-25' ELSE DATE '2029-01-01' END""",
            [tuple((cls.camille | cls.sacha | cls.stranger).ids)],
        )
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.sent = []

    def _run(self, day):
        Server = type(self.env["ir.mail_server"])

        def send_email(server, message, *args, **kwargs):
            text = message.get_body(("html",)).get_content()
            self.sent.append({"to": message["To"], "subject": message["Subject"], "body": text})
            return message["Message-Id"]

        with (
            freeze_time(f"{day} 03:00:00"),
            patch.object(Server, "_disable_send", lambda *args: False),
            patch.object(Server, "_connect__", lambda *args, **kwargs: MagicMock()),
            patch.object(Server, "send_email", send_email),
        ):
            self.env["privacy.retention"]._cron_run()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
            self.env.flush_all()
            self.env.invalidate_all()

    def _log_in(self, user, day):
        self.env["res.users.log"].with_user(user).sudo().create({})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users_log SET create_date = %s WHERE create_uid = %s", [day, user.id]
        )

    def _all(self, *days):
        for day in days:
            self._run(day)

    def _ids(self, *records):
        return [record._name + str(record.id) for record in records if record.exists()]

    def test_two_warnings_then_the_account_and_the_person_go(self):
        self._log_in(self.sacha, "2029-01-01")
        self._log_in(self.stranger, "2029-01-01")
        person, household, child = self.camille.partner_id, self.household, self.child
        self._run("2029-09-20")
        self.assertFalse([mail for mail in self.sent if "camille" in mail["to"]])
        self._all(FIRST, SECOND, "2029-11-24")
        mails = [mail for mail in self.sent if "camille" in mail["to"]]
        self.assertEqual(len(mails), 2)
        self.assertIn("26/11/2029", mails[0]["body"])
        self.assertIn("camille.test", mails[0]["body"], "her identifier")
        to_officer = [mail for mail in self.sent if "officer@" in mail["to"]]
        self.assertEqual(len(to_officer), 2)
        self.assertNotIn("Duch", str(to_officer))
        self.assertTrue(self.camille.exists().active)
        self._run(END)
        self.assertFalse(self._ids(self.camille, person, household, child, self.authority))
        self.assertTrue(self.dwelling.exists())
        self.assertTrue(self.sacha.exists().active and self.stranger.exists().active)

    def test_logging_in_keeps_it(self):
        self._all(FIRST, SECOND)
        self._log_in(self.camille, "2029-11-01")
        self._all(END, "2030-06-01")
        self.assertTrue(self.camille.active)
        self.assertTrue(self.child.exists())

    def test_a_child_with_another_parent_stays(self):
        self._second_holder(state="verified")
        self._log_in(self.sacha, "2029-01-01")
        person = self.camille.partner_id
        self._all(FIRST, SECOND, END)
        self.assertFalse(self._ids(self.camille, person, self.authority))
        self.assertTrue(self.child.exists().active)
        self.assertFalse(self.child.sudo().declarant_id)
        self.assertIn(self.child, self.sacha.partner_id._children_i_may_act_for())

    def test_a_household_still_used_keeps_the_person_not_the_account(self):
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.sacha.partner_id.id}
        )
        self._log_in(self.sacha, "2029-01-01")
        person, household = self.camille.partner_id, self.household
        self._all(FIRST, SECOND, END, "2029-12-01")
        self.assertFalse(self._ids(self.camille))
        self.assertTrue(person.exists())
        self.assertFalse(person.active)
        self.assertTrue(household.exists() and self.child.exists())
        # He leaves that household: nothing keeps her any more.
        self.env["household.membership"].search(
            [("household_id", "=", household.id), ("person_id", "=", self.sacha.partner_id.id)]
        ).date_end = date(2030, 1, 1)
        self._all("2030-01-03", "2030-01-04")
        self.assertFalse(self._ids(person))
        self.assertTrue(household.exists(), "his past is there")

    def test_a_contested_authority_keeps_the_account(self):
        authority = self._second_holder()
        authority.with_user(self.family_agent).sudo().state = "contested"
        self.authority.sudo().state = "contested"
        self._all(FIRST, SECOND, END, "2031-01-01")
        self.assertTrue(self.camille.exists().active)
        self.assertTrue(self.child.exists())

    def test_staff_visitor_and_new_accounts_stay(self):
        staff = new_test_user(self.env, "vieux.agent", "territory_base.territory_group_agent")
        fresh = self._new_person("neuve.test", "Neuve", "Venue", "1999-01-01")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET create_date = '2020-01-01' WHERE id = %s", [staff.id]
        )
        self.env.cr.execute(
            "UPDATE res_users SET create_date = '2029-01-01' WHERE id = %s", [fresh.id]
        )
        self.env.invalidate_all()
        self._all(FIRST, SECOND, END)
        public = self.env.ref("base.public_user")
        self.assertTrue(staff.active and fresh.active and public.exists())

    def test_who_closed_it_herself_goes_once_nothing_keeps_her(self):
        with freeze_time("2027-01-01"):
            self.camille.with_user(self.camille).sudo()._deactivate_portal_user()
            person = self.camille.partner_id
            self.env["res.users.deletion"].search([]).unlink()
            self.camille.unlink()
        # A person whom a manager archived is none of ours.
        archived = self.stranger.partner_id
        self.stranger.unlink()
        archived.active = False
        self._run("2027-01-02")
        self.assertFalse(self._ids(person, self.child))
        self.assertTrue(archived.exists())

    def test_the_notice_says_the_same_delay(self):
        processing = self.env.ref("privacy_register.processing_account")
        self.assertFalse(processing.retention_problem)
        self.env.ref("household_retention.retention_account").sudo().months = 24
        processing.invalidate_recordset()
        self.assertTrue(processing.retention_problem)
        self.assertRegex(processing._get_retention_text(), "2 (ans|years)")
