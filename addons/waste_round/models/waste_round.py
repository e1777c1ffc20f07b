from datetime import UTC

from odoo import api, fields, models

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.models.territory_opening_mixin import WEEKDAYS
from odoo.addons.territory_base.tools import normalize

from ..tools.pickups import Rhythm, find_pickups

KINDS = [
    ("household", "Household waste"),
    ("recyclable", "Packaging and paper"),
    ("paper", "Paper"),
    ("glass", "Glass"),
    ("food", "Food waste"),
    ("garden", "Garden waste"),
    ("bulky", "Bulky waste"),
]
FREQUENCIES = [
    ("weekly", "Every week"),
    ("even", "Even weeks"),
    ("odd", "Odd weeks"),
    ("fortnight", "Every two weeks from its first day"),
]


class WasteRound(models.Model):
    """A lorry that passes on certain days where certain streets are."""

    _name = "waste.round"
    _inherit = "waste.service.mixin"
    _description = "Collection round"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Letters, figures and hyphens: part of the address of the calendars that people "
        "subscribe to. Left empty: made of the name.",
        default="",
    )
    active = fields.Boolean(default=True)
    waste_kind = fields.Selection(KINDS, "Waste", required=True, default="household")
    weekday = fields.Selection(WEEKDAYS, "Day", required=True, default="0")
    frequency = fields.Selection(FREQUENCIES, required=True, default="weekly")
    date_start = fields.Date(
        "From",
        required=True,
        default=lambda self: clock.today().replace(month=1, day=1),
    )
    date_end = fields.Date("Until")
    hour_from = fields.Float("Passes from", aggregator=None)
    hour_to = fields.Float("To", aggregator=None)
    note = fields.Char(
        "To know", help="For those who put the bin out, for example: the evening before."
    )
    street_ids = fields.One2many("waste.round.street", "round_id", "Streets")
    street_count = fields.Integer("Rows of streets", compute="_compute_street_count")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another round has this code.")
    _dates_valid = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A round cannot end before it starts.",
    )
    _hours_valid = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to <= 24 "
        "AND (hour_to = 0 OR hour_to > hour_from))",
        "A round passes between two hours of one day.",
    )
    _code_valid = models.Constraint(
        "CHECK(code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')",
        "A code is made of small letters, figures and hyphens.",
    )

    @api.depends("street_ids")
    def _compute_street_count(self):
        counts = dict(
            self.env["waste.round.street"]._read_group(
                [("round_id", "in", self.ids)], ["round_id"], ["__count"]
            )
        )
        for each in self:
            each.street_count = counts.get(each, 0)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {**vals, "code": make_code(vals.get("code") or vals.get("name") or "")}
                for vals in vals_list
            ]
        )

    def _get_rhythm(self):
        self.ensure_one()
        return Rhythm(int(self.weekday), self.frequency, self.date_start, self.date_end or None)

    def _find_pickups(self, first, last):
        """[(round, pickup)] of these rounds between two days, in order: two queries, whatever
        their number."""
        shifts = self.env["waste.round.shift"]._find_shifts(self, first, last)
        found = [
            (each, pickup)
            for each in self
            for pickup in find_pickups(each._get_rhythm(), shifts[each], first, last)
        ]
        return sorted(found, key=lambda pair: (pair[1].shown, pair[0].waste_kind, pair[0].code))

    def _get_rhythm_words(self):
        """“Monday, odd weeks”, with its hours when they are known."""
        self.ensure_one()
        days = dict(self._fields["weekday"]._description_selection(self.env))
        frequencies = dict(self._fields["frequency"]._description_selection(self.env))
        if self.frequency == "fortnight":
            frequencies["fortnight"] = self.env._("Every two weeks")
        values = {
            "day": days[self.weekday],
            "frequency": frequencies[self.frequency].lower(),
            "hours": self._get_hours(),
        }
        if not values["hours"]:
            return self.env._("%(day)s, %(frequency)s", **values)
        return self.env._("%(day)s, %(frequency)s, %(hours)s", **values)

    def _get_kind_words(self):
        self.ensure_one()
        return dict(self._fields["waste_kind"]._description_selection(self.env))[self.waste_kind]

    def _get_calendar_stamp(self):
        """When what its calendar says changed last."""
        self.ensure_one()
        return self.write_date.replace(tzinfo=UTC)

    def _get_hours(self):
        self.ensure_one()
        if not self.hour_from and not self.hour_to:
            return ""
        show = self.env["territory.opening"]._show_hour
        if not self.hour_to:
            return self.env._("from %(start)s", start=show(self.hour_from))
        return self.env._(
            "between %(start)s and %(stop)s", start=show(self.hour_from), stop=show(self.hour_to)
        )


def make_code(text):
    """“Tri – lundi (nord)” -> “tri-lundi-nord”."""
    plain = normalize(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())[:60].strip("-")
