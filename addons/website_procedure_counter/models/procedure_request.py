from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def action_open_counter(self):
        """The page where the staff enters a request for somebody; whatever is selected."""
        return {"type": "ir.actions.act_url", "url": "/guichet", "target": "self"}
