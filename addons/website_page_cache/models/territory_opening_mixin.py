from odoo import models


class TerritoryOpeningMixin(models.AbstractModel):
    _inherit = "territory.opening.mixin"

    def _read_opening_state(self, rows, now, is_feminine=False):
        """A page that says "open" ends when that is no longer true."""
        state = super()._read_opening_state(rows, now, is_feminine)
        self.env["website.page.cache"]._end_at(state.said_until)
        return state
