from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .procedure_request_joining import UNDO_DAYS


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = ["procedure.request.joining", "procedure.request.similar", "procedure.request"]

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=UNDO_DAYS)
        return [(self.env._("What a request was before it was joined, to separate it"), kept)]

    @api.autovacuum
    def _gc_joined_before(self):
        """Past its day nothing is separated, and what would serve to do so is not kept."""
        long_ago = fields.Date.context_today(self) - timedelta(days=UNDO_DAYS)
        past_sudo = self.sudo().search(Domain("date_joined", "<", long_ago))
        past_sudo.filtered("joined_before").joined_before = False
