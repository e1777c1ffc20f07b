from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SchoolRequestCase


@tagged("post_install", "-at_install")
class TestTemplate(SchoolRequestCase):
    def test_a_procedure_is_made_from_it(self):
        template = self.env["procedure.template"].search([("addon", "=", "family_school_request")])
        data = template.with_user(self.manager)._get_definition()
        procedure = (
            self.env["procedure.definition"].with_user(self.manager)._import(data, code="DEROG2")
        )
        self.assertEqual((procedure.kind, procedure.state), ("school_derogation", "draft"))
        keys = set(procedure.version_ids.field_ids.mapped("key"))
        self.assertLessEqual(
            set(procedure._get_required_keys("school_derogation")), keys, "it may be published"
        )

    def test_a_derogation_without_address_is_not_published(self):
        """The mayor of residence would not be known."""
        fields = [field for field in self._derogation_form() if field["key"] != "home"]
        with self.assertRaises(UserError):
            self._procedure(
                "Sans adresse", "DEROG3", self.service_school, fields, kind="school_derogation"
            )

    def test_a_fourth_document_is_not_demanded(self):
        """Code de l'éducation, D131-3-1."""
        fields = [
            *self._school_form(),
            {
                "key": "vaccination",
                "type": "file",
                "label": "Vaccinations",
                "required": True,
                "requirement_code": "vaccination",
            },
        ]
        with self.assertRaisesRegex(UserError, "D131-3-1"):
            self._procedure(
                "Quatre pièces",
                "ECOLE3",
                self.service_school,
                fields,
                is_school_registration=True,
            )
