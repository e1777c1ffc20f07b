from odoo import api, models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    @api.model
    def action_open_counter(self):
        """The page where the staff enters a request for somebody."""
        return {"type": "ir.actions.act_url", "url": "/guichet", "target": "self"}
