from odoo import models


class HouseholdChangeLine(models.Model):
    _inherit = "household.change.line"

    def _get_undone_reason(self):
        """Why what was reported is not done; empty where it is. In superuser mode."""
        self.ensure_one()
        if self.state == "stale":
            return self.env._("it changed meanwhile; look at what we know today")
        return self.reason if self.state == "refused" else ""
