from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestVersion(ProcedureCommon):
    """The form and the requests filed under it."""

    def assertNotPublishable(self, procedure, words):
        with self.assertRaises(ValidationError) as caught:
            procedure.action_publish()
        self.assertIn(words, str(caught.exception))

    def _draft(self, *fields, code="TST", **vals):
        return self._procedure(
            code, code, self.waste, fields=list(fields) or None, publish=False, **vals
        )

    def test_a_new_version_keeps_old_requests_on_theirs(self):
        request = self._submit()
        draft = self.procedure.with_user(self.manager).action_new_version()
        self.assertEqual((draft.number, draft.state), (2, "draft"))
        self.assertEqual(draft.field_ids.mapped("key"), request.version_id.field_ids.mapped("key"))
        self.assertEqual(draft.field_ids.option_ids.mapped("value"), ["main", "secondary"])
        self.assertEqual(self.procedure.action_new_version(), draft, "one draft at a time")
        draft.field_ids.filtered(lambda field: field.key == "persons").label = "Combien ?"
        draft.field_ids = [
            Command.create({"key": "lock", "type": "boolean", "label": "Serrure", "required": True})
        ]
        self.procedure.with_user(self.manager).action_publish()
        self.assertEqual(request.version_id.state, "retired")
        rows = {
            key: label for _s, rows in request._get_answer_sections() for label, _v, key in rows
        }
        self.assertEqual(rows["persons"], "Nombre de personnes")
        newer = self._submit(answers=self._answers(lock="1"))
        self.assertEqual(newer.version_id, draft)
        self.assertTrue(newer.answers["lock"])
        columns = dict(self.procedure._get_export_columns())
        self.assertEqual(columns["persons"], "Combien ?")

    def test_a_procedure_handled_elsewhere_takes_no_request(self):
        procedure = self.env["procedure.procedure"].create(
            {
                "name": "Payer la cantine",
                "code": "CANT",
                "kind": "external",
                "external_url": "https://exemple.fr/payer",
            }
        )
        procedure.action_publish()
        self.assertFalse(procedure._is_open())

    def test_a_required_answer_of_an_account_needs_the_account(self):
        procedure = self._draft(
            {"key": "home", "type": "dwelling", "label": "Logement", "required": True}
        )
        self.assertNotPublishable(procedure, "“Logement” is required and needs an account")
        procedure.account_required = True
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_persons_are_read_in_one_text(self):
        field = self._draft({"key": "who", "type": "persons", "label": "Qui"}).version_ids.field_ids
        value = [{"id": 1, "label": "Ana"}, {"id": 2, "label": "Léo"}]
        self.assertEqual(field._format_answer(value), "Ana, Léo")
