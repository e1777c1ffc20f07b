from odoo import models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def action_draft_from_file(self):
        """Ask for the file that becomes its next draft."""
        self._check_manager()
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_builder_file.procedure_draft_file_action"
        )
        return {**action, "context": {"default_procedure_id": self.id}}
