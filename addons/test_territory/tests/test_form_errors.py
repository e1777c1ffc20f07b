from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.website_procedure.tests.form_sweep import FormSweep


@tagged("post_install", "-at_install", "-standard", "sweep_routes")
class TestFormErrors(FormSweep, HttpCase):
    """Each form of the templates and of the trades, as a visitor and with an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        french = cls.env["res.lang"]._lang_get("fr_FR")
        website = cls.env["website"].search([], limit=1)
        website.write({"language_ids": [Command.set(french.ids)], "default_lang_id": french.id})
        Parameter = cls.env["ir.config_parameter"]
        Parameter.set_param("public_guard.min_fill_seconds", "0")
        Commune = cls.env["territory.commune"]
        if not Commune.search([("name", "=", "Vaubecourt")]):
            Commune.create({"name": "Vaubecourt", "insee_code": "55532", "zip": "55250"})
        service = cls.env["territory.service"].create(
            {"name": "Service", "code": "form_errors", "kind": "epci", "reads_family_file": True}
        )
        cls.procedures = cls.env["procedure.procedure"]
        for template in cls.env["procedure.template"].search([]):
            data = template._get_definition()
            procedure = cls.env["procedure.definition"]._import(data, code=f"ERR{data['code']}")
            procedure.service_id = service
            slots = procedure.version_ids.field_ids.filtered(lambda field: field.type == "slot")
            slots.slot_calendar_id = slots and cls.env["procedure.slot.calendar"].create(
                {"name": "Rendez-vous", "service_id": service.id}
            )
            procedure.processing_id.action_accept()
            procedure.action_publish()
            cls.procedures += procedure
        shipped = cls.env["procedure.procedure"].search([("kind", "!=", "external")])
        cls.procedures += shipped.filtered("version_id") - cls.procedures

    def get_query(self, procedure):
        """What is open in the commune is read before a street is reported."""
        return "?commune=55532" if procedure.kind == "street_report" else ""

    def test_each_error_is_beside_a_field_that_is_shown(self):
        resident = new_test_user(self.env, "form.errors", "base.group_portal")
        seen, wrong = 0, []
        for user in (None, resident):
            self.authenticate(user and user.login, user and user.login)
            for procedure in self.procedures.filtered(lambda each: each._is_open()):
                if user or not procedure.account_required:
                    count, found = self.sweep(procedure)
                    seen += count
                    wrong += found
        self.assertFalse(wrong)
        self.assertGreater(seen, 100)
