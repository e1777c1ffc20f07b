from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base.models.territory_opening_mixin import WEEKDAYS

from ..tools.opening import HOLIDAY, NEVER, Pattern, Period
from .family_activity import AGE_MAX

# What a session takes of its slot once, and may be changed by hand afterwards.
TAKEN = ("capacity", "hour_from", "hour_to")


class FamilySlot(models.Model):
    """When a site receives children, week after week, and how many. Its dates are sessions."""

    _name = "family.slot"
    _inherit = ["family.followed.mixin", "territory.owner.mixin"]
    _description = "Slot"
    _order = "site_id, day, hour_from, age_from, id"
    _owner_fields = ("site_id",)
    _followed_fields = frozenset({"site_id", "day", "date_start", "date_end", "active"})

    site_id = fields.Many2one("family.site", required=True, index=True, ondelete="restrict")
    name = fields.Char(required=True, help="Noon, evening, 3 to 5 years: as families read it.")
    active = fields.Boolean(default=True)
    day = fields.Selection(
        [*WEEKDAYS, (HOLIDAY, "Each day of the school holidays")],
        required=True,
        default="0",
        help="A day of the week is one outside the school holidays; the days of the holidays go "
        "from Monday to Friday.",
    )
    hour_from = fields.Float("From", required=True, aggregator=None)
    hour_to = fields.Float("To", required=True, aggregator=None)
    age_from = fields.Integer("Minimum age", aggregator=None)
    age_to = fields.Integer("Maximum age", aggregator=None, help="0: no limit.")
    capacity = fields.Integer("Places", aggregator=None, help="0: those of the site.")
    date_start = fields.Date("Valid from")
    date_end = fields.Date("Valid until")

    _hours_valid = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Write an hour of opening, then a later hour of closing.",
    )
    _ages_valid = models.Constraint(
        f"CHECK(age_from BETWEEN 0 AND {AGE_MAX} AND age_to BETWEEN 0 AND {AGE_MAX} "
        "AND (age_to = 0 OR age_to >= age_from))",
        "Ages go from the youngest to the oldest.",
    )
    _capacity_valid = models.Constraint("CHECK(capacity >= 0)", "Places are counted from 0.")
    _dates_valid = models.Constraint(
        "CHECK(date_start IS NULL OR date_end IS NULL OR date_end >= date_start)",
        "A slot cannot end before it starts.",
    )

    @api.depends("name", "site_id.name")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = ", ".join(filter(None, (slot.site_id.name, slot.name)))

    def _get_sessions_domain(self):
        return Domain("slot_id", "in", self.ids)

    def _get_pattern(self):
        """Of a slot that was put aside, no day."""
        self.ensure_one()
        site = self.site_id
        own = Period(self.date_start or None, self.date_end or None)
        return Pattern(
            self.day,
            own if self.active else NEVER,
            site._get_period(),
            site._get_suspensions(),
        )

    def _get_taken(self):
        """What a session takes of it: {field: value}."""
        self.ensure_one()
        return {
            "capacity": self.capacity or self.site_id.capacity,
            "hour_from": self.hour_from,
            "hour_to": self.hour_to,
        }

    def _is_for_age(self, birthdate, day):
        """Whether a child born then has the age of this slot on that day."""
        self.ensure_one()
        age = day.year - birthdate.year - ((day.month, day.day) < (birthdate.month, birthdate.day))
        activity = self.site_id.activity_id
        ages = (self.age_from, self.age_to) if self.age_from or self.age_to else None
        first, last = ages or (activity.age_from, activity.age_to)
        return first <= age and (not last or age <= last)
