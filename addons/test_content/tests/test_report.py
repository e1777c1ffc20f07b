from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase

HOSTILE = "<script>alert(1)</script> {{ object.env }} ${7*7} %(name)s"


class ReportCase(ContentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.mail"].search([]).unlink()
        cls.spring = cls.env["wash.house"]._create_as(
            "data", {"name": "Source du Val"}, fixed={"commune_id": cls.commune.id}
        )

    def _report(self, content=None, topic="hours", text="Fermé le mardi.", email=""):
        return self.env["content.report"]._file(content or self.house, topic, text, email)

    def _mails(self):
        """[(to, subject, body)] that wait to leave; read once."""
        mails = self.env["mail.mail"].search([], order="id")
        told = [(mail.email_to, mail.subject, str(mail.body_html)) for mail in mails]
        mails.unlink()
        return told

    def _told(self):
        return {to for to, _subject, _body in self._mails()}


@tagged("post_install", "-at_install")
class TestReport(ReportCase):
    def test_it_goes_to_who_keeps_the_page(self):
        self._report()
        self.assertEqual(self._told(), {self.camille.email_formatted, self.sacha.email_formatted})
        self._report(self.spring)
        self.assertEqual(self._told(), {self.secretary.email_formatted})
        self.secretary.territory_commune_ids = self.other_commune
        self._report(self.spring, "phone")
        self.assertEqual(self._told(), {self.reader.email_formatted})
        self.row.unlink()
        self._report(self.spring, "place")
        self.assertEqual(self._told(), {self.fallback.email_formatted})
        self.fallback_row.unlink()
        self._report(self.spring, "other")
        system = self.env.ref("base.group_system").all_user_ids.filtered("email")
        self.assertEqual(self._told(), set(system.mapped("email_formatted")))

    def test_the_same_thing_said_twice_is_told_once_and_answered_to_all(self):
        first = self._report(email="un@exemple.org")
        self.assertEqual(len(self._mails()), 2)
        second = self._report(text="Fermé aussi le jeudi.", email="deux@exemple.org")
        self.assertEqual(second.first_id, first)
        self.assertFalse(self._mails())
        third = self._report(topic="phone")
        self.assertFalse(third.first_id)
        self._mails()
        first.with_user(self.camille)._answer("right", "Ouvert le mardi depuis mai.")
        self.assertEqual((first.state, second.state, third.state), ("right", "right", "new"))
        mails = self._mails()
        self.assertEqual({to for to, _s, _b in mails}, {"un@exemple.org", "deux@exemple.org"})
        self.assertFalse(self._report().first_id, "Answered: what is said now is new")

    def test_a_correction_answers_once_it_is_published_by_somebody_else(self):
        report = self._report(email="un@exemple.org")
        self._mails()
        revision = report.with_user(self.secretary)._correct()
        self.assertEqual((report.state, report.revision_id), ("correcting", revision))
        self.assertEqual(self._report(topic="hours").state, "correcting")
        revision._change({"story": "Fermé le mardi."})
        revision.action_submit()
        self.assertNotIn("un@exemple.org", self._told())
        accept(revision.with_user(self.reader))
        self.assertEqual(report.state, "corrected")
        self.assertEqual(report.answered_by_id, self.secretary)
        self.assertIn("un@exemple.org", self._told())

    def test_a_correction_answers_what_it_corrects_and_nothing_else(self):
        ours, theirs = self._report(), self._report(self.spring)
        mine = ours.with_user(self.secretary)._correct()
        theirs.with_user(self.secretary)._correct().action_withdraw()
        self.assertEqual((ours.state, theirs.state), ("correcting", "new"))
        other = theirs.with_user(self.secretary)._correct()
        for revision, states in ((mine, ("corrected", "correcting")), (other, ("new", "right"))):
            revision._change({"story": "Fermé le mardi."})
            revision.action_submit()
            if revision == other:
                # Answered meanwhile, and another correction begun.
                theirs.with_user(self.secretary)._answer("right")
                ours.state = "new"
            accept(revision.with_user(self.reader))
            self.assertEqual((ours.state, theirs.state), states)
        given_up = self.spring.with_user(self.secretary)._propose()
        theirs.revision_id = given_up
        given_up.action_withdraw()
        self.assertEqual(theirs.state, "right")

    def test_two_who_answer_at_once_wait_for_each_other(self):
        report = self._report()
        lock = "odoo.addons.website_content_report.models.content_report.lock_or_replay"
        with patch(lock, side_effect=ConcurrencyError("busy")) as hold:
            with self.assertRaises(ConcurrencyError):
                report.with_user(self.camille)._answer("right")
        self.assertEqual(hold.call_args.args[0], report)

    def test_a_page_that_is_no_more_is_not_corrected_nor_opened_by_others(self):
        report = self._report(self.spring)
        with self.assertRaises(AccessError):
            report.with_user(self.stranger).action_open_page()
        self.assertTrue(report.with_user(self.manager).action_open_page())
        self.spring.sudo()._as_publication().unlink()
        with self.assertRaisesRegex(UserError, "no longer exists"):
            report.with_user(self.manager)._correct()
        with self.assertRaises(AccessError):
            report.with_user(self.camille)._correct()

    def test_a_correction_that_is_given_up_leaves_it_to_answer(self):
        report = self._report()
        second = self._report(text="Fermé aussi le jeudi.")
        revision = report.with_user(self.secretary)._correct()
        revision._change({"story": "Fermé le mardi."})
        revision.action_submit()
        revision.with_user(self.reader).action_ask_changes("Depuis quand ?")
        self.assertEqual(report.state, "correcting")
        revision.action_withdraw()
        for each in report | second:
            self.assertEqual((each.state, bool(each.revision_id)), ("new", False))
        report.with_user(self.secretary)._answer("right")
        self.assertEqual(report.state, "right")
        with self.assertRaises(UserError):
            report.with_user(self.camille)._answer("corrected")

    def test_a_correction_that_nobody_writes_leaves_it_to_answer(self):
        report = self._report()
        revision = report.with_user(self.secretary)._correct()
        self._mails()
        # PostgreSQL's clock is not frozen.
        self.env.flush_all()
        self.env.cr.execute("UPDATE content_revision SET write_date = %s", [fields.Datetime.now()])
        self.env.invalidate_all()
        with freeze_time(fields.Datetime.now() + timedelta(days=13)):
            self.env["content.report"]._cron_reopen()
        self.assertEqual(report.state, "correcting")
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            self.env["content.report"]._cron_reopen()
            self.assertEqual((report.state, bool(report.revision_id)), ("new", False))
            self.assertEqual(
                self._told(), {self.camille.email_formatted, self.sacha.email_formatted}
            )
        self.assertEqual(revision.state, "draft", "hers, still")
        revision = report.with_user(self.secretary)._correct()
        revision._change({"story": "Fermé le mardi."})
        revision.action_submit()
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.env["content.report"]._cron_reopen()
        self.assertEqual(report.state, "correcting", "it waits for its reader")

    def test_what_is_said_while_it_is_corrected_is_told_too(self):
        report = self._report()
        report.with_user(self.secretary)._correct()
        self._mails()
        joined = self._report(text="Fermé aussi le jeudi.")
        self.assertEqual((joined.first_id, joined.state), (report, "correcting"))
        self.assertEqual(self._told(), {self.camille.email_formatted, self.sacha.email_formatted})

    def test_only_who_keeps_the_page_or_reads_its_changes_answers(self):
        for user in (self.stranger, self.resident, self.dpo):
            report = self._report()
            for act in (lambda r: r._answer("right"), lambda r: r._correct()):
                with self.assertRaises(AccessError):
                    act(report.with_user(user))
            self.assertFalse(self.env["content.report"]._find_received(user))
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        self.assertFalse(report._may_answer(other))
        self.assertNotIn(report, self.env["content.report"]._find_received(other))
        foreign = self.env["res.partner"].create(
            {"name": "Autre association", "company_type": "company", "kind": "association"}
        )
        self._let_act(self.stranger, foreign)
        self.assertFalse(report._may_answer(self.stranger))
        for user in (self.camille, self.secretary, self.communication, self.manager, self.agent):
            report = self._report(topic="other")
            self.assertIn(report, self.env["content.report"]._find_received(user), user.login)
            report.with_user(user)._answer("right")
            self.assertEqual(report.state, "right")

    def test_a_reader_who_is_no_agent_any_more_answers_nothing(self):
        report = self._report()
        self.assertTrue(report._may_answer(self.reader))
        self.reader.group_ids = self.env.ref("base.group_portal")
        self.assertFalse(report._may_answer(self.reader))

    def test_who_left_no_more_acts_for_the_association_no_more_answers(self):
        report = self._report()
        self.assertTrue(report._may_answer(self.camille))
        self.env["partner.delegate"].search(
            [("person_id", "=", self.camille.partner_id.id)]
        ).state = "ended"
        self.assertFalse(report._may_answer(self.camille))
        self.assertFalse(self.env["content.report"]._find_received(self.camille))

    def test_read_by_the_staff_each_for_her_communes_and_written_by_nobody(self):
        report = self._report(email="un@exemple.org")
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        for user in (self.secretary, self.agent, self.communication, self.manager, self.dpo):
            self.assertReads(user, report)
        self.assertReadsNot(other, report)
        for user in (self.stranger, self.camille, self.env.ref("base.public_user")):
            self.assertFalse(report.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                report.with_user(user).search([])
        for user in (self.secretary, self.communication, self.manager, self.technician):
            mine = report.with_user(user)
            for act in (
                lambda r: r.write({"state": "right"}),
                lambda r: r.copy(),
                lambda r: r.unlink(),
                lambda r: r.create({"name": "x", "type_id": self.type.id, "topic": "other"}),
                lambda r: r.read(["email"]),
            ):
                with self.assertRaises(AccessError):
                    act(mine)
            self.assertFalse(mine.search_read([], [])[0].get("email"))
            with self.assertRaises(AccessError):
                mine.search([("email", "=", "un@exemple.org")])

    def test_what_is_set_aside_writes_to_nobody(self):
        report = self._report(text=HOSTILE, email="victime@exemple.org")
        self._mails()
        report.with_user(self.camille)._answer("dropped", "Publicité")
        self.assertFalse(self._mails())

    def test_an_insult_set_aside_leaves_the_others_to_answer(self):
        insult = self._report(text="Idiots.")
        echo = self._report(text="Oui, idiots.")
        true = self._report(text="Fermé le mardi.", email="lectrice@exemple.org")
        late = self._report(text="Fermé le mardi aussi.", email="lecteur@exemple.org")
        self._mails()
        insult.with_user(self.camille)._answer("dropped")
        self.assertEqual((insult.state, echo.state, echo.first_id), ("dropped", "dropped", insult))
        self.assertEqual((true.state, late.state), ("new", "new"))
        self.assertEqual((true.first_id, late.first_id), (self.env["content.report"], true))
        self.assertIn(true, self.env["content.report"]._find_received(self.camille))
        told = {self.camille.email_formatted, self.sacha.email_formatted}
        self.assertEqual(self._told(), told, "Nobody was told of these")
        true.with_user(self.camille)._answer("right")
        self.assertEqual(self._told(), {"lectrice@exemple.org", "lecteur@exemple.org"})
        self.assertEqual((insult.state, late.state), ("dropped", "right"))

    def test_the_last_one_set_aside_takes_no_other_with_it(self):
        first = self._report(email="lectrice@exemple.org")
        insult = self._report(text="Idiots.", email="insulte@exemple.org")
        self._mails()
        insult.with_user(self.camille)._answer("dropped")
        self.assertEqual((first.state, insult.state), ("new", "dropped"))
        self.assertFalse(self._mails(), "Her message was told of when it came")
        first.with_user(self.camille)._answer("right")
        self.assertEqual(self._told(), {"lectrice@exemple.org"})
        self.assertEqual(insult.state, "dropped")

    def test_the_mail_holds_no_word_of_anybody(self):
        report = self._report(text=HOSTILE, email="victime@exemple.org")
        for _to, _subject, body in self._mails():
            self.assertNotIn("alert", body)
            self.assertNotIn("victime", body)
        word = "URGENT. Réglez 35 EUR sur http://evil.example/paye <b>{{ 1 }}</b>"
        report.with_user(self.camille)._answer("foreign", word)
        [(to, subject, body)] = self._mails()
        self.assertEqual(to, "victime@exemple.org")
        for typed in ("alert", "URGENT", "evil", "35 EUR", "{{ 1 }}"):
            self.assertNotIn(typed, subject + body)
        self.assertIn("ne peut pas le corriger", body)
        self.assertIn("/signaler-une-erreur/suivi/", body)
        self.assertNotIn(self.camille.name, body)

    def test_one_address_is_not_flooded(self):
        for topic in ("hours", "phone", "place", "closed", "other"):
            self._report(topic=topic, email="victime@exemple.org")
        with self.assertRaises(UserError):
            self._report(self.spring, email="Victime@Exemple.org ")
        self._report(self.spring)

    def test_not_for_us_says_whom_to_ask(self):
        report = self._report()
        with self.assertRaises(UserError):
            report.with_user(self.camille)._answer("foreign", "  ")
        with self.assertRaises(UserError):
            report.with_user(self.camille)._answer("published")
        self.assertEqual(report.state, "new")

    def test_a_page_taken_off_is_answered_by_those_who_keep_its_communes(self):
        house = self.env["wash.house"]._create_as(
            "data", {"name": "Puits"}, fixed={"commune_id": self.commune.id}
        )
        report = self._report(house)
        self.env["content.revision"].sudo()._publish_import(house, "data", {}, False)
        self.assertFalse(report._get_page_url())
        self.assertTrue(report._may_answer(self.secretary))
        house._as_publication().unlink()
        self.assertFalse(report._may_answer(self.secretary))
        self.assertTrue(report._may_answer(self.agent))
        report.with_user(self.agent)._answer("corrected")
        self.assertEqual(report.state, "corrected")

    def test_a_link_is_signed_and_ends(self):
        report = self._report()
        path = report._get_follow_url()
        token = path.rpartition("/")[2]
        Report = self.env["content.report"].with_user(self.env.ref("base.public_user"))
        self.assertEqual(Report._find_by_token(token), report)
        for wrong in ("", "x", token[:-2], token + "x", "../../web", "é" * 30):
            self.assertFalse(Report._find_by_token(wrong), wrong)
        with freeze_time("2028-01-01"):
            self.assertFalse(Report._find_by_token(token))
        report.unlink()
        self.assertFalse(Report._find_by_token(token))

    def test_after_its_months_nothing_of_it_stays(self):
        rule = self.env.ref("website_content_report.retention_report")
        self.assertFalse(rule.is_enabled, "The officer turns it on")
        old = self._report(email="un@exemple.org")
        late = self._report(topic="phone")
        self.env.flush_all()
        self.env.cr.execute("UPDATE content_report SET create_date = '2026-01-15 10:00:00'")
        self.env.invalidate_all()
        late.sudo().date_answered = "2026-06-01 10:00:00"
        rule.sudo().write({"enabled_on": "2026-01-01", "enabled_by_id": self.dpo.id})
        Report = self.env["content.report"].sudo()
        due = Report.search(Report._get_retention_domain(rule, date(2026, 7, 16)))
        self.assertIn(old, due)
        self.assertNotIn(late, due)
        self.assertEqual(old._get_retention_dues(rule)[old], date(2026, 7, 15))
        self.assertEqual(late._get_retention_dues(rule)[late], date(2026, 12, 1))
        rule.sudo()._run_batch(old.ids + late.ids, date(2026, 7, 16))
        self.assertFalse(old.exists())
        self.assertTrue(late.exists())

    def test_the_register_says_the_delay_of_the_job(self):
        processing = self.env.ref("website_content_report.processing_content_report")
        self.assertFalse(processing.retention_problem)
        self.env.ref("website_content_report.retention_report").sudo().months = 9
        processing.invalidate_recordset()
        self.assertTrue(processing.retention_problem)

    def test_who_has_two_organisations_reads_the_reports_of_both(self):
        second = self.env["res.partner"].create(
            {"name": "Comité des fêtes", "company_type": "company", "kind": "association"}
        )
        self._let_act(self.camille, second)
        other = self.env["wash.house"]._create_as(
            "data", {"name": "Fontaine"}, fixed={"owner_id": second.id}
        )
        made = self._report() | self._report(other)
        self.assertEqual(
            self.env["content.report"]._find_received(self.camille),
            made.sorted(lambda each: -each.id),
        )
        self.assertEqual(made.commune_ids, self.commune)
