from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.partner_household.tools import address_key, is_served
from odoo.addons.territory_base import clock

from .waste_round import make_code


class WasteRoundStreet(models.Model):
    """What a round serves: a whole commune, a street, a part of a street."""

    _name = "waste.round.street"
    _inherit = "territory.owner.mixin"
    _description = "Street of a round"
    _order = "commune_id, street_key, number_from, side, id"
    _rec_name = "street"
    _owner_fields = ("round_id",)

    round_id = fields.Many2one("waste.round", required=True, index=True, ondelete="cascade")
    service_id = fields.Many2one(related="round_id.service_id", store=True, index=True)
    waste_kind = fields.Selection(related="round_id.waste_kind")
    commune_id = fields.Many2one(
        "territory.commune", required=True, index=True, ondelete="restrict"
    )
    street = fields.Char(help="Empty: the whole commune, but the streets that have their own row.")
    street_key = fields.Char(compute="_compute_street_key", store=True)
    slug = fields.Char("Part of the address", compute="_compute_street_key", store=True)
    side = fields.Selection(
        [("all", "Both sides"), ("even", "Even numbers"), ("odd", "Odd numbers")],
        required=True,
        default="all",
    )
    number_from = fields.Integer("From number", aggregator=None)
    number_to = fields.Integer("To number", aggregator=None)

    _served_uniq = models.UniqueIndex(
        "(round_id, commune_id, street_key, side, number_from, number_to)",
        "This round already has this street.",
    )
    _numbers_valid = models.Constraint(
        "CHECK(number_from >= 0 AND number_to >= 0 "
        "AND (number_to = 0 OR number_to >= number_from))",
        "The last number of a street is not before the first one.",
    )
    _numbers_of_street = models.Constraint(
        "CHECK(street_key != '' OR (side = 'all' AND number_from = 0 AND number_to = 0))",
        "Numbers are those of a street: write its name.",
    )
    _commune_street_idx = models.Index("(commune_id, street_key)")

    @api.depends("street")
    def _compute_street_key(self):
        for row in self:
            row.street_key = address_key(row.street or "")
            row.slug = make_code(row.street_key)

    @api.depends("street", "commune_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = ", ".join(filter(None, (row.street, row.commune_id.name)))

    def _is_part(self):
        """Whether it is a part of a street only."""
        self.ensure_one()
        return self.side != "all" or bool(self.number_from or self.number_to)

    def _get_precision(self):
        """A part of a street is nearer than the street, which is nearer than its commune."""
        self.ensure_one()
        return (2 if self._is_part() else 1) if self.street_key else 0

    @api.model
    def _find_served(self, commune):
        """All that serves this commune, one query."""
        return self.search_fetch(
            [("commune_id", "=", commune.id), ("round_id", "any", self._running_domain())],
            ["street", "street_key", "slug"],
        )

    @api.model
    def _find_rows(self, commune, street_key="", number=0):
        """What serves this place: of each kind of waste, the most precise rows.

        Without number, every part of the street counts: the page then asks for it.
        """
        rows = self.search_fetch(
            [
                ("commune_id", "=", commune.id),
                ("street_key", "in", [street_key, ""]),
                ("round_id", "any", self._running_domain()),
            ],
            ["round_id", "street_key", "side", "number_from", "number_to"],
        ).filtered(lambda row: is_served(number, row.side, row.number_from, row.number_to))
        by_kind = defaultdict(self.browse)
        for row in rows:
            by_kind[row.waste_kind] |= row
        kept = self.browse()
        for same_kind in by_kind.values():
            found = {row._get_precision() for row in same_kind}
            # Unknown, the number may be of a part, or of what is left of the street.
            least = max(found) if number else int(1 in found)
            kept |= same_kind.filtered(lambda row, least=least: row._get_precision() >= least)
        return kept

    @api.model
    def _running_domain(self):
        """Rounds that pass today or later."""
        today = clock.today()
        return Domain("active", "=", True) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        )
