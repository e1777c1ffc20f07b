from odoo.tests import tagged

from odoo.addons.procedure_builder.tests.common import BuilderCommon


@tagged("post_install", "-at_install")
class TestSignatureBuilder(BuilderCommon):
    """A few clicks: the question, the answers that are ticked, the days."""

    def test_ticked_answers_follow_their_question_through_versions(self):
        field = self._add(
            "signature_email", label="Qui signe", signature_keys="note,date_in", signature_days=8
        )
        values = field._get_builder_field()
        ticked = [choice["code"] for choice in values["signature_choices"]]
        self.assertIn("note", ticked)
        self.assertIn("address", ticked)
        self.assertEqual(values["signature_days"], 8)
        copy = self.draft.builder_duplicate(field.id)
        again = self.env["procedure.field"].browse(copy["field_id"])
        self.assertEqual(again.signature_keys, "note,date_in")
        again.unlink()
        self.procedure.with_user(self.manager).action_publish()
        draft = self.procedure.with_user(self.manager).action_new_version()
        self.assertEqual(self._field(field.key, draft).signature_keys, "note,date_in")
        self._field(field.key, draft).signature_days = 20
        sentences = " ".join(draft.builder_get_difference()["sentences"])
        self.assertIn("20", sentences)

    def test_what_tells_where_one_lives_is_not_proposed_for_the_other_parent(self):
        field = self._add("signature_parent", label="L’autre parent")
        choices = field._get_builder_field()["signature_choices"]
        self.assertNotIn("address", [choice["code"] for choice in choices])

    def test_a_file_of_the_form_keeps_it(self):
        field = self._add(
            "signature_email", label="Qui signe", signature_keys="note", signature_days=8
        )
        field.signature_commitment = "Vous vous portez garant."
        Definition = self.env["procedure.definition"].with_user(self.manager)
        data = Definition._export(self.procedure, self.draft)
        (row,) = [row for row in data["fields"] if row["type"] == "signature_email"]
        self.assertEqual((row["signature_keys"], row["signature_days"]), ("note", 8))
        self.assertEqual(row["signature_commitment"], "Vous vous portez garant.")
