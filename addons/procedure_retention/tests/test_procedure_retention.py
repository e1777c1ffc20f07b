from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RetentionCommon

# Finished on 10 January 2026, kept 12 months: due on 10 January 2027.
FIRST, SECOND, END = "2026-11-12", "2026-12-12", "2027-01-11"


@tagged("post_install", "-at_install")
class TestProcedureRetention(RetentionCommon):
    def test_two_warnings_to_both_sides_then_it_goes(self):
        request = self._finish(self._submit())
        self._run("2026-11-10")
        self.assertFalse(self._warnings(request), "60 days before, not sooner")
        self.sent.clear()
        self._run(FIRST)
        self._run("2026-12-01")
        self.assertEqual(len(self.sent), 3, "the person, and each agent of the service")
        to_person, to_service, _other = sorted(
            self.sent, key=lambda mail: "camille" not in mail["to"]
        )
        self.assertIn("camille@exemple.fr", to_person["to"])
        self.assertIn("11/01/2027", to_person["body"])
        self.assertIn(request.number, to_person["subject"])
        self.assertIn(request.number, to_service["body"])
        self.assertNotIn("Durand", to_service["body"])
        self.sent.clear()
        self._run(SECOND)
        self._run("2027-01-10")
        self.assertEqual(len(self.sent), 3)
        self.assertFalse(request.date_anonymised)
        self._run(END)
        self.assertTrue(request.date_anonymised)
        self.assertFalse(self._warnings(request))
        gone = self._journal("gone")
        self.assertEqual((gone.count, gone.kind), (1, self.procedure.name))
        self.assertRegex(gone.delay, "1 (an|year)")

    def test_undecided_requests_stay_whatever_their_age(self):
        request = self._submit()
        for day in (FIRST, SECOND, END, "2030-01-01", "2031-01-01", "2032-01-01"):
            self._run(day)
        self.assertFalse(request.date_anonymised)
        self.assertFalse(self._warnings(request))
        self.assertTrue(request.answers)

    def test_a_reopened_request_starts_again(self):
        request = self._finish(self._submit())
        self._run(FIRST)
        self._run(SECOND)
        with freeze_time("2027-01-05 10:00:00"):
            request.with_user(self.agent).action_reopen("Une erreur")
        self._run(END)
        self.assertFalse(request.date_anonymised)
        self.assertFalse(self._warnings(request), "the former warnings announced another day")
        with freeze_time("2027-02-01 10:00:00"):
            request.with_user(self.agent).action_refuse("Toujours non")
        self._run("2027-06-01")
        self.assertFalse(request.date_anonymised)
        for day in ("2027-12-04", "2028-01-04", "2028-02-04"):
            self._run(day)
        self.assertTrue(request.date_anonymised)

    def test_a_message_that_nobody_answered_keeps_it(self):
        request = self._finish(self._submit())
        request.with_user(self.camille)._post_from_applicant(
            "Je conteste", by=self.camille.partner_id
        )
        for day in (FIRST, SECOND, END, "2028-01-01"):
            self._run(day)
        self.assertFalse(request.date_anonymised)
        request.with_user(self.agent).action_mark_read()
        for day in ("2028-01-02", "2028-03-10", "2028-04-12"):
            self._run(day)
        self.assertTrue(request.date_anonymised)

    def test_a_warning_that_does_not_leave_puts_the_end_off(self):
        request = self._finish(self._submit())
        for day in (FIRST, "2026-11-15", "2027-01-20"):
            self._run(day, send=False)
        self.assertFalse(request.date_anonymised)
        self.assertEqual(self._warnings(request).mapped("rank"), [1])
        announced = self._warnings(request).announced
        self.assertGreaterEqual(str(announced), "2027-03-21", "both sides are told a later day")
        for day in ("2027-01-21", "2027-02-25", "2027-03-20"):
            self._run(day)
        self.assertFalse(request.date_anonymised, "30 days from the second warning")
        self._run("2027-03-28")
        self.assertTrue(request.date_anonymised)

    def test_one_side_only_is_not_enough(self):
        request = self._finish(self._submit())
        self._run(FIRST, send=False)
        warning = self._warnings(request)
        warning.service_mail_id.unlink()
        with freeze_time("2026-11-13"):
            self._send()
        self.assertTrue(warning.person_left_on)
        self.assertFalse(warning.service_left_on)
        for day in ("2026-11-14", SECOND, END, "2027-06-01", "2027-07-03", "2027-08-05"):
            with freeze_time(f"{day} 03:00:00"):
                self.env["privacy.retention"]._cron_run()
                # The mails to the service never leave.
                self._warnings(request).service_mail_id.unlink()
                self._send()
        self.assertFalse(request.date_anonymised)

    def test_an_address_that_refuses_waits_for_the_officer(self):
        request = self._finish(self._submit())
        self._run(FIRST)
        self._run(SECOND, send=False)
        second = self._warnings(request).filtered(lambda warning: warning.rank == 2)
        second.person_mail_id.state = "exception"
        self._run("2026-12-13")
        self._run("2027-01-10")
        self.assertFalse(request.date_anonymised)
        for user in (self.agent, self.manager, self.communication, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.rule.with_user(user).action_confirm_told()
        self.assertEqual(self.rule.refused_count, 1)
        self.rule.with_user(self.dpo).action_confirm_told()
        self._run("2027-01-13")
        self.assertTrue(request.date_anonymised)
        self.assertEqual(self._journal("told").count, 1)
        with self.assertRaises(UserError):
            self.rule.with_user(self.dpo).action_confirm_told()

    def test_without_account_it_goes_too(self):
        request = self._finish(self._submit_without_account().sudo())
        for day in (FIRST, SECOND, END):
            self._run(day)
        self.assertTrue(request.date_anonymised)
        self.assertFalse(request.contact_email)

    def test_without_any_address_the_service_is_told(self):
        request = self._finish(self._submit_by("counter"))
        request.sudo().contact_email = False
        self._send()
        self.sent.clear()
        for day in (FIRST, SECOND, END):
            self._run(day)
        self.assertTrue(request.date_anonymised)
        self.assertEqual(len(self.sent), 4, "agent and colleague, twice")
        self.assertFalse([mail for mail in self.sent if "exemple.fr" in mail["to"]])

    def test_without_delay_nothing_goes(self):
        self.procedure.retention_months = 0
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END, "2035-01-01"):
            self._run(day)
        self.assertFalse(request.date_anonymised)

    def test_a_rule_that_is_off_does_nothing(self):
        request = self._finish(self._submit())
        self.rule.with_user(self.dpo).action_disable()
        for day in (FIRST, SECOND, END):
            self._run(day)
        self.assertFalse(request.date_anonymised)
        self.assertFalse(self._warnings(request))

    def test_an_error_on_one_stops_no_other(self):
        first = self._finish(self._submit())
        second = self._finish(self._submit_without_account().sudo())
        for day in (FIRST, SECOND):
            self._run(day)
        Request = type(first)
        anonymise = Request._anonymise

        def fail(requests):
            anonymise(requests)
            if first in requests:
                raise ValueError("boom")

        with (
            patch.object(Request, "_anonymise", fail),
            mute_logger("odoo.addons.privacy_retention.models.privacy_retention_run"),
        ):
            self._run(END)
        self.assertFalse(first.date_anonymised)
        self.assertTrue(first.answers, "nothing half done")
        self.assertTrue(second.date_anonymised)
        self.assertEqual(self._journal("failed").count, 1)
        self._run("2027-01-12")
        self.assertTrue(first.date_anonymised, "tried again the next day")

    def test_many_cost_few_queries(self):
        """Reading where they stand: the same number of queries for 3 as for 12."""
        requests = self.env["procedure.request"].union(
            *(self._finish(self._submit_without_account().sudo()) for _each in range(12))
        )
        rule = self.rule

        def read(records):
            records.invalidate_recordset()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            rule._read_states(records)
            return self.env.cr.sql_log_count - before

        read(requests[:1])
        self.assertLessEqual(read(requests), read(requests[:3]) + 2)

    # ------------------------------------------------------------
    # Dry run
    # ------------------------------------------------------------

    def _preview(self, user, day="2026-11-01"):
        with freeze_time(f"{day} 10:00:00"):
            action = self.rule.with_user(user).action_preview()
        return self.env[action["res_model"]].with_user(user).search(action["domain"])

    def test_the_dry_run_says_what_goes_and_when_and_changes_nothing(self):
        finished = self._finish(self._submit())
        opened = self._submit_without_account().sudo()
        answered = self._finish(self._submit_without_account().sudo(), "2025-01-10")
        lines = self._preview(self.dpo)
        mine = lines.filtered(lambda line: line.kind == self.procedure.name)
        told = {line.outcome: (line.count, str(line.date_from)) for line in mine}
        self.assertEqual(told["later"], (1, "2027-01-10"))
        self.assertEqual(told["soon"], (1, "2026-12-31"), "late already: 60 days of warning first")
        self.assertEqual(told["kept"][0], 1)
        self.assertIn("never", mine.filtered(lambda line: line.outcome == "kept").detail)
        self.assertFalse((finished | opened | answered).filtered("date_anonymised"))
        self.assertFalse(self._warnings(answered))
        self.assertEqual(self.rule.previewed_by_id, self.dpo)

    def test_the_dry_run_names_nobody_and_each_sees_her_own(self):
        self._finish(self._submit())
        lines = self._preview(self.dpo)
        words = str(lines.read())
        self.assertNotIn("Durand", words)
        self.assertNotIn("camille", words)
        self.assertFalse(self.env["privacy.retention.preview"].with_user(self.manager).search([]))
        self.assertTrue(self._preview(self.manager))
        for user in (self.agent, self.secretary, self.communication, self.camille):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self._preview(user)

    def test_a_procedure_without_delay_is_shown(self):
        self.procedure.retention_months = 0
        self._finish(self._submit())
        lines = self._preview(self.dpo)
        (line,) = lines.filtered(
            lambda line: line.kind == self.procedure.name and line.outcome == "endless"
        )
        self.assertEqual(line.count, 1)

    # ------------------------------------------------------------
    # What is promised
    # ------------------------------------------------------------

    def test_the_notice_promises_what_the_job_does(self):
        processing = self.procedure.processing_id
        self.assertEqual(processing.retention, "Un an")
        self.assertRegex(processing.retention_problem, "2 (mois|months)", "its documents")
        self.assertRegex(processing._get_retention_text(), "2 (mois|months)")
        promise = "Un an. Les documents : 2 mois après la réponse."
        processing.retention = promise
        processing.invalidate_recordset()
        self.assertFalse(processing.retention_problem)
        self.assertEqual(processing._get_retention_text(), promise)
        self.procedure.retention_months = 24
        processing.invalidate_recordset()
        self.assertRegex(processing.retention_problem, "2 (ans|years)")
        self.assertRegex(processing._get_retention_text(), "2 (ans|years)")

    # ------------------------------------------------------------
    # Once anonymised
    # ------------------------------------------------------------

    def _anonymised(self):
        request = self._finish(self._submit())
        for day in (FIRST, SECOND, END):
            self._run(day)
        return request

    def test_nothing_more_is_done_with_it(self):
        request = self._anonymised().with_user(self.agent)
        with self.assertRaises(UserError):
            request.action_reopen("Encore")
        with self.assertRaises(UserError):
            request.action_close()
        with self.assertRaises(UserError):
            request.message_post(body="Camille Durand", subtype_xmlid="mail.mt_note")

    def test_its_screens_still_open(self):
        request = self._anonymised().with_user(self.agent)
        names = [
            name
            for name, field in request._fields.items()
            if request._has_field_access(field, "read")
        ]
        values = request.read(names)[0]
        self.assertRegex(values["who"], "Anonym")
        self.assertNotIn("Durand", str(values))
        self.assertFalse(request.with_user(self.camille).search([("id", "=", request.id)]))
        kept = request.sudo()
        self.assertTrue(kept.commune_id and kept.channel and kept.date_submitted)
        self.assertEqual((kept.state, kept.decision_ids.kind), ("refused", "refused"))
        self.assertIsNotNone(kept.answer_days)
        self.assertFalse(kept.decision_ids.reasons)

    def test_who_died_is_not_written_to_and_the_service_is_told(self):
        request = self._finish(self._submit())
        self._send()
        self.sent.clear()
        self.camille.partner_id._record_death(fields.Date.to_date("2026-03-01"))
        for day in (FIRST, SECOND, END):
            self._run(day)
        self.assertTrue(request.date_anonymised)
        self.assertEqual(len(self.sent), 4, "agent and colleague, twice")
        self.assertFalse([mail for mail in self.sent if self.camille.email in mail["to"]])
