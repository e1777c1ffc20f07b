from odoo import fields, models
from odoo.fields import Domain


class DwellingOccupancy(models.Model):
    _name = "dwelling.occupancy"
    _description = "Occupancy of a dwelling"
    _inherit = ["period.mixin"]
    _order = "dwelling_id, date_start desc, id"

    dwelling_id = fields.Many2one(
        "territory.dwelling", required=True, index=True, ondelete="restrict"
    )
    occupant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "in", ("household", "company", "association", "contributor"))],
    )
    role = fields.Selection(
        [("owner", "Owner"), ("tenant", "Tenant"), ("other", "Other")],
        required=True,
        default="other",
    )

    def _concurrent_occupancies(self):
        """Others at the same dwelling in the same period: a departure not told, most often."""
        self.ensure_one()
        domain = Domain("dwelling_id", "=", self.dwelling_id.id) & Domain(
            "occupant_id", "!=", self.occupant_id.id
        )
        if self.date_end:
            domain &= Domain("date_start", "=", False) | Domain("date_start", "<=", self.date_end)
        if self.date_start:
            domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", self.date_start)
        return self.search(domain)
