from odoo import api, models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def action_open_counter(self):
        """The page where the staff enters a request for somebody; whatever is selected."""
        return {"type": "ir.actions.act_url", "url": "/guichet", "target": "self"}

    def action_open_counter_completion(self):
        """The page where the service enters what came by post or at the counter."""
        self.ensure_one()
        self._check_actor("agent")
        url = f"/guichet/demande/{self.id}/completer"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    @api.model
    def _get_morning_links(self):
        link = {
            "label": self.env._("New request at the counter"),
            "method": "action_open_counter",
        }
        return [*super()._get_morning_links(), link]
