from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _on_back(self):
        """The bins where they live are used again."""
        result = super()._on_back()
        homes = self._get_current_occupancies().dwelling_id
        self.env["waste.container"]._find_at(homes).date_left = False
        return result
