from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.procedure_desk.models.procedure_request_entry import make_seen


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00")
class TestProcedureDocumentDate(ProcedureCommon):
    """“Less than 3 months”: from the date written on the document, which the agent reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls.procedure.with_user(cls.manager).action_new_version()
        proof = draft.field_ids.filtered(lambda field: field.key == "proof")
        proof.write({"validity_kind": "months", "validity_months": 3})
        cls.procedure.with_user(cls.manager).action_publish()

    def _set(self, line, day, user=None):
        action = line.with_user(user or self.agent).action_open_date()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user or self.agent)
            .with_context(**action["context"])
        )
        form.issued_on = day
        form.save().action_confirm()
        line.invalidate_recordset()
        return line

    def _warnings(self, request):
        request.invalidate_recordset()
        return " ".join(request.with_user(self.agent)._get_acceptance_warnings())

    def test_nothing_is_said_of_its_validity_before_its_date_was_read(self):
        request = self._submit()
        line = request.document_line_ids.with_user(self.agent)
        self.assertFalse(line.validity_date)
        self.assertFalse(line.is_expired)
        self.assertTrue(line.takes_date)
        self.assertEqual(line.validity_text, "Date of the document not checked")
        self.assertIn("Date not read on the document: Justificatif", self._warnings(request))

    def test_three_months_run_from_the_date_of_the_document(self):
        request = self._submit()
        line = self._set(request.document_line_ids, "2026-01-05").with_user(self.agent)
        self.assertEqual(line.validity_date, Date.to_date("2026-04-05"))
        self.assertFalse(line.is_expired)
        self.assertIn("2026", line.validity_text)
        self.assertNotIn("Date not read", self._warnings(request))

    def test_a_document_that_was_too_old_when_it_was_given(self):
        request = self._submit()
        for day, is_expired in (("2025-12-10", False), ("2025-12-09", True)):
            with self.subTest(day):
                line = self._set(request.document_line_ids, day).with_user(self.agent)
                self.assertEqual(line.is_expired, is_expired)
        self.assertIn("more than 3 months", line.validity_text)
        self.assertIn("No longer valid: Justificatif", self._warnings(request))
        line.action_expire()
        self.assertIn("more than 3 months", line.reason)

    def test_our_own_delay_makes_no_document_too_old(self):
        request = self._submit()
        self._set(request.document_line_ids, "2026-01-05")
        with freeze_time("2026-05-01 09:00"):
            line = request.document_line_ids.with_user(self.agent)
            line.invalidate_recordset()
            self.assertFalse(line.is_expired)

    def test_a_letter_was_given_on_the_day_it_came(self):
        request = (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    files={"proof": [upload()]},
                    identity=self._identity(),
                    channel="mail",
                    received_on=Date.to_date("2026-03-05"),
                )
            )
        )
        line = request.document_line_ids.sudo(False).with_user(self.agent)
        self.assertFalse(self._set(line, "2025-12-05").is_expired)
        self.assertTrue(self._set(line, "2025-12-04").is_expired)
        with self.assertRaises(UserError):
            self._set(line, "2026-03-06")

    def test_what_was_seen_and_given_back_has_a_date_too(self):
        request = (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    files={"proof": [make_seen(Date.to_date("2026-03-10"))]},
                    identity=self._identity(),
                    channel="counter",
                )
            )
        )
        line = request.document_line_ids.sudo(False).with_user(self.agent)
        self.assertFalse(line.validity_date)
        self.assertEqual(line.validity_text, "Date of the document not checked")
        self.assertEqual(self._set(line, "2026-02-01").validity_date, Date.to_date("2026-05-01"))

    def test_a_document_is_not_dated_after_the_day_it_was_given(self):
        line = self._submit().document_line_ids
        with self.assertRaisesKeeping(UserError) as refused:
            self._set(line, "2026-03-11")
        self.assertIn("10/03/2026", str(refused.exception))
        self.assertFalse(line.validity_date)

    def test_only_the_service_dates_a_document_and_only_where_it_counts(self):
        line = self._submit().document_line_ids
        for user in (self.camille, self.school_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_open_date()
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user)._set_issued_on("2026-01-05")
        field = self.procedure.version_id.field_ids.filtered(lambda field: field.key == "proof")
        field.sudo().flush_recordset()
        self.env.cr.execute(
            "UPDATE procedure_field SET validity_kind = 'none' WHERE id = %s", [field.id]
        )
        self.env.invalidate_all()
        self.assertFalse(line.with_user(self.agent).takes_date)
        self.assertFalse(line.with_user(self.agent).validity_text)
        with self.assertRaises(UserError):
            line.with_user(self.agent)._set_issued_on("2026-01-05")

    def test_the_applicant_reads_no_date_that_nobody_checked(self):
        line = self._submit().document_line_ids.with_user(self.camille)
        self.assertFalse(line.validity_date)
        with self.assertRaises(AccessError):
            line.read(["issued_on"])
