from odoo.addons.procedure_template.models import procedure_template

from .common import AllotmentCommon


class TestTemplate(AllotmentCommon):
    """`_get_folders`: a service brings procedures ready to be adapted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["procedure.template"].search([("addon", "=", "test_allotment")])

    def test_manager_makes_a_procedure_from_it(self):
        data = self.template.with_user(self.manager)._get_definition()
        procedure = (
            self.env["procedure.definition"].with_user(self.manager)._import(data, code="JARDIN2")
        )
        self.assertEqual(procedure.kind, "allotment")
        self.assertEqual(procedure.state, "draft")
        self.assertIn("plot", procedure.version_ids.field_ids.mapped("type"))

    def test_it_stays_while_the_addons_below_are_loaded_again(self):
        """They do not know its folder yet."""
        Template = self.env["procedure.template"]
        self.template.active = False
        own = {"procedure_template": procedure_template.FOLDER}
        self.patch(type(Template), "_get_folders", lambda self: own)
        Template._load_files()
        self.assertTrue(self.template.exists())
        self.assertFalse(self.template.active)

    def test_it_goes_with_its_addon(self):
        Template = self.env["procedure.template"]
        self.env["ir.module.module"].search([("name", "=", "test_allotment")]).state = "uninstalled"
        own = {"procedure_template": procedure_template.FOLDER}
        self.patch(type(Template), "_get_folders", lambda self: own)
        Template._load_files()
        self.assertFalse(self.template.exists())
