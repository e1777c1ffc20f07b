from datetime import date, timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


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
    state = fields.Selection(
        [("declared", "Declared"), ("verified", "Verified")],
        required=True,
        readonly=True,
        default="verified",
        help="Declared: typed at sign-up, and nobody of the staff accepted it yet.",
    )

    def action_verify(self):
        """Accepts what was declared: who reads the file of the occupant, nobody for herself."""
        self.check_access("read")
        for occupant in self.sudo().occupant_id.sudo(self.env.su):
            occupant._check_not_own(self.env._("You cannot accept your own address."))
            occupant._check_file_read_by_user()
        self.sudo().write({"state": "verified"})

    def _drop_to_come(self):
        """A move that was to come gives way to another one. In superuser mode.

        :return: those that have begun
        """
        today = clock.today()
        to_come = self.filtered(lambda each: each.date_start and each.date_start > today)
        begun = self - to_come
        to_come.unlink()
        return begun

    def _end_before(self, day):
        """The eve of this day is the last one; what began later ends on the day it began."""
        for occupancy in self:
            start = occupancy.date_start or date.min
            occupancy.date_end = max(start, day - timedelta(days=1))

    def _filtered_trusted(self):
        """Those that prove that their occupant lives there. In superuser mode.

        One that was only declared does so while nobody else lives at the address or is to come:
        there is nobody to protect then. Who came first proves nothing.
        """
        declared = self.filtered(lambda occupancy: occupancy.state == "declared")
        not_ended = Domain("date_end", "=", False) | Domain("date_end", ">=", clock.today())
        others = self.search(Domain("dwelling_id", "in", declared.dwelling_id.ids) & not_ended)
        contested = declared.filtered(
            lambda occupancy: (
                occupancy.occupant_id
                != others.filtered(
                    lambda other: other.dwelling_id == occupancy.dwelling_id
                ).occupant_id
            )
        )
        return self - contested

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
