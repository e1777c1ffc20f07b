from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.partner_household.change_types import (
    AddressType,
    ClosingType,
    DeathType,
    DepartureType,
    NewHomeType,
)

# After which nobody may be left at an address.
ENDING = (ClosingType.code, DeathType.code, DepartureType.code, NewHomeType.code)


class HouseholdChange(models.Model):
    _inherit = "household.change"

    def _on_applied(self, lines):
        """Somebody has left an address for good: the bins that stay there say since when."""
        for line in lines.filtered(lambda line: line.type == AddressType.code):
            former_ids, _outside = line.old_value
            self._mark_bins_left(former_ids, line.date_from)
        day = lines.filtered(lambda line: line.type in ENDING) and self._get_day_emptied()
        if day:
            # It ended the day before, where the change ended it already.
            eve = fields.Date.subtract(day, days=1)
            lasting = Domain("date_end", "=", False) | Domain("date_end", ">=", eve)
            occupancies = self.env["dwelling.occupancy"].search(
                lasting & Domain("occupant_id", "=", self.subject_id.id)
            )
            self._mark_bins_left(occupancies.dwelling_id.ids, day)
        return super()._on_applied(lines)

    def _mark_bins_left(self, dwelling_ids, day):
        """Where a service knows that it lived, and nobody else does: an address that somebody gave
        for hers says nothing of the bins of those who live there."""
        Occupancy = self.env["dwelling.occupancy"]
        known = Domain("dwelling_id", "in", dwelling_ids) & Domain("state", "=", "verified")
        own = Domain("occupant_id", "=", self.subject_id.id)
        left = Occupancy.search(known & own).dwelling_id
        staying = Occupancy.search(known & ~own & Occupancy._current_domain())
        self.env["waste.container"]._find_at(left - staying.dwelling_id).date_left = day

    def _get_day_emptied(self):
        """The day from which nobody of it is there: the last one who lived there has left or died,
        or it is closed. None as long as somebody stays. In superuser mode."""
        if self.subject_id._is_organisation():
            return self.subject_id.date_closed or None
        memberships = self.env["household.membership"].search(
            Domain("household_id", "=", self.subject_id.id)
        )
        ends = memberships.mapped("date_end")
        return max(ends) if ends and all(ends) else None
