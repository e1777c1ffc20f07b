from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# For as long as a receipt is printed again.
RECEIPT_DAYS = 30


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
    def _get_entered_lately(self, request_id=None, limit=None):
        """What this member of staff entered herself, for as long as she may enter such requests
        and one month: its receipt is hers, whichever service answers.

        :return: requests in superuser mode: their author is the check
        """
        domain = Domain("entered_by_id", "=", self.env.uid)
        domain &= Domain("entered_on", ">=", fields.Datetime.now() - timedelta(days=RECEIPT_DAYS))
        domain &= Domain("date_anonymised", "=", False)
        if request_id is not None:
            domain &= Domain("id", "=", request_id)
        entered_sudo = self.sudo().search(domain, limit=limit, order="entered_on desc, id desc")
        user = self.env.user
        return entered_sudo.filtered(lambda entry: entry.procedure_id._is_entered_by(user))

    @api.model
    def _get_morning_links(self):
        link = {
            "label": self.env._("New request at the counter"),
            "method": "action_open_counter",
        }
        return [link, *super()._get_morning_links()]
