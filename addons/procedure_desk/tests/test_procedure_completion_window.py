from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.procedure.tests.common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestCompletionWindow(ProcedureCommon):
    """“Ask for a document”: one row for each thing, what it is and what is wrong with it."""

    def _open(self, request, user=None):
        action = request.with_user(user or self.agent).action_open_completion()
        Wizard = self.env[action["res_model"]].with_user(user or self.agent)
        return Form(Wizard.with_context(**action["context"]))

    def _rows(self, form):
        return [(row["label"], row["reason"]) for row in form.line_ids._records]

    def test_two_columns_and_no_more(self):
        arch = self.env["procedure.completion.wizard"].get_view(view_type="form")["arch"]
        columns = etree.fromstring(arch).xpath(
            "//field[@name='line_ids']/list/field[not(@column_invisible)]"
        )
        self.assertEqual([column.get("name") for column in columns], ["label", "reason"])
        named = etree.fromstring(arch).xpath("//footer/button/@string")
        self.assertNotIn("Send", named, "a button bears the name of its act")

    def test_what_was_refused_is_already_there_with_its_reason(self):
        request = self._submit(files={"proof": [upload()]}).with_user(self.agent)
        request.document_line_ids.action_refuse("Floue")
        self.assertEqual(self._rows(self._open(request)), [("Justificatif de domicile", "Floue")])

    def test_a_day_on_which_nobody_works_is_told_with_the_one_that_is_read(self):
        request = self._submit()
        self.procedure.holiday_rule = "next_working_day"
        form = self._open(request)
        form.date_due = "2030-06-13"
        self.assertFalse(form.due_note)
        form.date_due = "2030-06-15"
        self.assertIn("17/06/2030", form.due_note)

    def test_what_never_came_is_already_there_too(self):
        """Of a form entered as it was received."""
        request = self._submit(files={}).with_user(self.agent)
        self.assertEqual(self._rows(self._open(request)), [], "it was not required")
        proof = request.sudo().version_id.field_ids.filtered(lambda each: each.key == "proof")
        request.sudo().entered_incomplete = True
        self.env.flush_all()
        self.env.cr.execute("UPDATE procedure_field SET required = true WHERE id = %s", proof.ids)
        self.env.invalidate_all()
        [(label, reason)] = self._rows(self._open(request))
        self.assertEqual(label, "Justificatif de domicile")
        self.assertTrue(reason, "said beforehand")

    def test_what_is_typed_is_recognised(self):
        """A document given, a question of the form, or anything else: one box for the three."""
        request = self._submit(files={"proof": [upload()]}).with_user(self.agent)
        form = self._open(request)
        self.assertIn("Justificatif de domicile", form.suggestions)
        self.assertIn("Nombre de personnes", form.suggestions)
        for label in ("Justificatif de domicile", " nombre de PERSONNES ", "Bail"):
            with form.line_ids.new() as row:
                row.label = label
                row.reason = "À revoir"
        form.save().action_confirm()
        asked = request.document_line_ids.filtered("asked")
        self.assertEqual(
            [(line.label, line.field_key, line.is_answer) for line in asked],
            [
                ("Justificatif de domicile", "proof", False),
                ("Nombre de personnes", "persons", True),
                ("Bail", False, False),
            ],
        )
        self.assertEqual(asked[0].state, "refused", "the document given, not another one")

    def test_where_it_leaves_is_said(self):
        self.assertIn("camille@exemple.fr", self._open(self._submit()).leaves_label)

    def test_a_neighbour_reads_nothing_of_it(self):
        request = self._submit(files={"proof": [upload()]})
        for user in (self.school_agent, self.secretary, self.communication):
            Wizard = self.env["procedure.completion.wizard"].with_user(user)
            for name in ("suggestions", "leaves_label", "ready_reasons"):
                with self.assertRaises(AccessError, msg=name):
                    Wizard.onchange({"request_id": request.id}, ["request_id"], {name: {}})
