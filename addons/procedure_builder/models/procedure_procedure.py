from odoo import models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def action_open_draft(self):
        """The builder, on the draft of the form."""
        self.ensure_one()
        return self.action_new_version().action_open_builder()
