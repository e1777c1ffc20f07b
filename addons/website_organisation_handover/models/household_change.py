from odoo import models


class HouseholdChange(models.Model):
    _inherit = "household.change"

    def _on_applied(self, lines):
        """Somebody of the new board acts in her new role: who leaves acts no longer."""
        result = super()._on_applied(lines)
        if "officer_role" in lines.mapped("type"):
            handovers = self.env["organisation.handover"].search([("change_id", "=", self.id)])
            for handover in handovers:
                handover._on_accepted()
        return result
