from odoo import models


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    # Buttons of the list: they call with the selected rows, or with none for the whole register.

    def action_export_register(self):
        """The register as a spreadsheet, for the authority or another tool."""
        ids = ",".join(map(str, self._get_exported().ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/privacy/register.xlsx?ids={ids}",
            "target": "download",
        }

    def action_print_register(self):
        return self._print("privacy_register_export.register_report")

    def action_print_notices(self):
        return self._print("privacy_register_export.notice_report")

    def _print(self, report):
        return self.env.ref(report).report_action(self._get_exported(), config=False)

    def _get_exported(self):
        return self or self.search([("active", "=", True)])

    def _get_register_workbook(self):
        """Return the bytes of a workbook: one row per entry, the items of GDPR art. 30.1.

        :raises AccessError: when the user may not read one of the entries
        """
        title = self.env._("Register of processing")
        rows = [[value for _label, value in entry._get_register_items()] for entry in self]
        headers = [label for label, _value in self[:1]._get_register_items()]
        return self.env["public.guard"]._xlsx([(title, headers, rows)])

    def _get_register_items(self):
        """Return the (label, text) of one entry, in the order of the register."""
        labels = self.fields_get(attributes=["string"])
        # The controller is an authority, that the notice names to every visitor: the officer reads
        # it here though she may not open its contact.
        processing_sudo = self.sudo()
        texts = {
            "name": self.name,
            "code": self.code,
            "controller_id": processing_sudo._get_controller_text(),
            "dpo_contact": processing_sudo._get_dpo_text(),
            "purpose": self.purpose,
            "legal_basis": processing_sudo._get_basis_text(),
            "person_categories": self.person_categories,
            "data_categories": self.data_categories,
            "mandatory_note": self.mandatory_note,
            "recipients": self.recipients,
            "transfers": self.transfers,
            "retention": self.retention,
            "security_measures": self.security_measures,
            "rights_contact": self.rights_contact,
            "missing_text": self.missing_text,
            "create_date": self.create_date,
            "write_date": self.write_date,
        }
        return [(labels[name]["string"], value or None) for name, value in texts.items()]
