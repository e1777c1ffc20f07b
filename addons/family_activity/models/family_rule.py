from datetime import timedelta
from functools import cache

from odoo import api, fields, models

from odoo.addons.territory_base.models.territory_opening_mixin import WEEKDAYS

from ..tools.cutoff import Cutoff, to_time
from ..tools.opening import SATURDAY

PURPOSES = [("book", "Book"), ("cancel", "Cancel"), ("absence", "Say an absence")]
# How long before a day the closed ones are looked for: sixty working days are twelve weeks, and as
# many more as are closed among them.
MARGIN = timedelta(days=150)


class FamilyRule(models.Model):
    """Until when families may do something: of one site, or of all those of an activity that have
    no rule of their own. What nothing is said of may be done until the session begins."""

    _name = "family.rule"
    _inherit = "territory.owner.mixin"
    _description = "Until when"
    _order = "activity_id, site_id, id"
    _rec_name = "sentence"
    _owner_fields = ("activity_id", "site_id")

    activity_id = fields.Many2one("family.activity", index=True, ondelete="cascade")
    site_id = fields.Many2one("family.site", index=True, ondelete="cascade")
    purpose = fields.Selection(PURPOSES, "What", required=True, default="book")
    kind = fields.Selection(
        [
            ("working_days", "working days before"),
            ("days", "days before"),
            ("weeks", "weeks before, on a day of the week"),
        ],
        "Counted in",
        required=True,
        default="working_days",
        help="A working day is neither a week-end nor a public holiday, nor one on which the "
        "service is closed.",
    )
    count = fields.Integer("How many", required=True, default=2, aggregator=None)
    weekday = fields.Selection(WEEKDAYS, "Day of the week")
    hour = fields.Float("Until", required=True, default=12, aggregator=None)
    sentence = fields.Char("As families read it", compute="_compute_sentence")

    _one_of_both = models.Constraint(
        "CHECK((activity_id IS NULL) != (site_id IS NULL))",
        "A rule is that of an activity, or of one site.",
    )
    _activity_uniq = models.Constraint(
        "UNIQUE(activity_id, purpose)", "This activity has a rule for this already."
    )
    _site_uniq = models.Constraint(
        "UNIQUE(site_id, purpose)", "This site has a rule for this already."
    )
    _count_valid = models.Constraint(
        "CHECK(count BETWEEN 0 AND 60 AND (kind = 'days' OR count > 0))",
        "Write a number of days or weeks, up to 60. The same day is counted in days: 0.",
    )
    _weekday_valid = models.Constraint(
        "CHECK((kind = 'weeks') = (weekday IS NOT NULL))",
        "Weeks before need a day of the week, and nothing else does.",
    )
    _hour_valid = models.Constraint(
        "CHECK(hour >= 0 AND hour < 24)", "Write an hour of the day, up to 23:59."
    )

    @api.depends("kind", "count", "weekday", "hour")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = rule._get_cutoff().say_rule() if rule._is_whole() else False

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind == "weeks":
            self.weekday = self.weekday or "1"
        else:
            self.weekday = False
        if self.kind != "days":
            self.count = self.count or 1

    def _is_whole(self):
        """Whether it can be read: one that is being typed may not be."""
        return (
            bool(self.kind)
            and 0 <= self.hour < 24
            and self.count >= (self.kind != "days")
            and (self.kind == "weeks") == bool(self.weekday)
        )

    def _get_cutoff(self):
        self.ensure_one()
        weekday = int(self.weekday) if self.weekday else None
        return Cutoff(self.kind, self.count, to_time(self.hour), weekday)

    def _get_purpose_words(self):
        self.ensure_one()
        return dict(self._fields["purpose"]._description_selection(self.env))[self.purpose]

    def _get_rank(self):
        return [purpose for purpose, _label in PURPOSES].index(self.purpose)

    @api.model
    def _get_working_days(self, first, last, service):
        """What `Cutoff.find_limit` asks for days between these: two queries at its first question,
        none where no rule counts working days."""
        calendar = self.env["territory.calendar"]
        read_days = cache(lambda: calendar._read_days(first - MARGIN, last, service))

        def is_working(day):
            days = read_days()
            return day.weekday() < SATURDAY and not (day in days and days[day].is_off)

        return is_working
