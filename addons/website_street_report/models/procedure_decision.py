from odoo import models

from odoo.addons.street_report.models.procedure_procedure import STREET


class ProcedureDecision(models.Model):
    _inherit = "procedure.decision"

    def _get_portal_title(self):
        """In the words of a report, those of its letter: nothing is accepted."""
        if self.request_id.kind == STREET:
            return self.request_id._get_decision_title(self.kind)
        return super()._get_portal_title()
