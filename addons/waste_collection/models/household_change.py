from odoo import models

from odoo.addons.partner_household.change_types import AddressType


class HouseholdChange(models.Model):
    _inherit = "household.change"

    def _on_applied(self, lines):
        """A move is accepted: the bins at the address that is left say since when."""
        for line in lines.filtered(lambda line: line.type == AddressType.code):
            former_ids, _outside = line.old_value
            bins = self.env["waste.container"].search(
                [("dwelling_id", "in", former_ids), ("state", "=", "delivered")]
            )
            bins.date_left = line.date_from
        return super()._on_applied(lines)
