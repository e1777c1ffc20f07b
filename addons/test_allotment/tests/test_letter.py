from odoo.exceptions import ValidationError

from .common import AllotmentCommon


class TestLetter(AllotmentCommon):
    """`_get_merge_fields`, `_get_merge_values`: what a letter of the service may name."""

    def _template(self, body):
        return self.env["procedure.letter.template"].create({"name": "Parcelle", "body": body})

    def test_letter_names_the_plot(self):
        template = self._template("<p>Parcelle {{parcelle}}.</p>")
        request = self._ask()
        request.with_user(self.agent).action_accept()
        words = template.with_user(self.agent)._render_text(request.with_user(self.agent))
        self.assertEqual(words, "Parcelle A1.")

    def test_field_is_offered(self):
        offered = dict(self.env["procedure.letter.template"]._get_merge_field_choices())
        self.assertIn("parcelle", offered)

    def test_field_that_nobody_gives_is_refused(self):
        with self.assertRaises(ValidationError):
            self._template("<p>{{potager}}</p>")
