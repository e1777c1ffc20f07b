from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DigestCommon


@tagged("post_install", "-at_install")
class TestDigestRights(DigestCommon):
    def test_agents_hear_of_what_they_read_only(self):
        procedures = {
            service: self._procedure(
                service.name,
                f"D{number}",
                service,
                commune_ids=[Command.set(service.commune_ids.ids)],
            )
            for number, service in enumerate((self.waste, self.school, self.town_hall))
        }
        requests = {
            service: self._filed(procedure=procedure) for service, procedure in procedures.items()
        }
        mails = self._run()
        self.assertEqual(len(mails), 3)
        for mail in mails:
            for user in mail.recipient_ids.user_ids:
                for request in requests.values():
                    readable = request.with_user(user).has_access("read")
                    self.assertEqual(request.number in mail.body_html, readable)

    def test_who_receives_nothing(self):
        self._filed()
        self.colleague.email = False
        self.waste.user_ids += self.communication | self.dpo
        (self.communication | self.dpo).write({"email": "autre@exemple.fr"})
        self.assertEqual(self._run().recipient_ids, self.agent.partner_id)
        self.agent.with_user(self.agent).receives_digest = False
        self.assertFalse(self._run("2026-11-26 07:00:00"))

    def test_a_manager_who_works_for_the_service(self):
        self._filed()
        self.manager.email = "responsable@exemple.fr"
        self.assertNotIn(self.manager.partner_id, self._run().recipient_ids)
        self.waste.user_ids = [Command.link(self.manager.id)]
        self.assertIn(self.manager.partner_id, self._run("2026-11-26 07:00:00").recipient_ids)

    def test_an_archived_agent(self):
        self._filed()
        self.agent.active = False
        self.assertEqual(self._run().recipient_ids, self.colleague.partner_id)

    def test_who_changes_the_settings(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.assertRaises(AccessError):
                self.waste.with_user(user).sends_daily_digest = False
        self.waste.with_user(self.manager).sends_daily_digest = False
        self._filed()
        self.assertFalse(self._run())
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                self.colleague.with_user(user).receives_digest = False
        with self.assertRaises(AccessError):
            self.waste.with_user(self.manager).read(["digest_date"])

    def test_the_mail_is_read_by_its_recipients_only(self):
        self._filed()
        message = self._run().mail_message_id
        for user in (self.secretary, self.communication, self.dpo, self.manager, self.camille):
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])

    def test_the_form_and_the_preferences_show_them(self):
        arch = self.env["territory.service"].with_user(self.manager).get_view(view_type="form")
        self.assertIn("sends_daily_digest", arch["arch"])
        view = self.env.ref("base.view_users_form_simple_modif")
        arch = self.env["res.users"].with_user(self.agent).get_view(view.id, "form")
        self.assertIn("receives_digest", arch["arch"])
