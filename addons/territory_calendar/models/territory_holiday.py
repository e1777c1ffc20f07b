import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock

from ..tools.school_holidays import get_school_year, list_periods

_logger = logging.getLogger(__name__)


class TerritoryHoliday(models.Model):
    """School holidays. Those that the ministry publishes are loaded; what the territory changes by
    hand stays as it is."""

    _name = "territory.holiday"
    _description = "School holidays"
    _order = "date_start, id"

    name = fields.Char("Holidays", required=True)
    date_start = fields.Date("First day", required=True)
    date_end = fields.Date("Last day", required=True)
    active = fields.Boolean(default=True)
    source_key = fields.Char("Published as", readonly=True, copy=False)
    # As they were published: else a date has been corrected here.
    source_start = fields.Date("Published first day", readonly=True, copy=False)
    source_end = fields.Date("Published last day", readonly=True, copy=False)
    is_corrected = fields.Boolean("Corrected here", compute="_compute_is_corrected")

    _days_valid = models.Constraint(
        "CHECK(date_start <= date_end AND date_end - date_start < 100)",
        "The last day comes after the first, within a hundred days.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "Other school holidays have one of these days already.",
    )
    _source_uniq = models.UniqueIndex("(source_key)", "These holidays are there already.")

    @api.depends("date_start", "date_end", "source_start", "source_end")
    def _compute_is_corrected(self):
        for holiday in self:
            published = (holiday.source_start, holiday.source_end)
            holiday.is_corrected = bool(holiday.source_key) and published != (
                holiday.date_start,
                holiday.date_end,
            )

    @api.model_create_multi
    def create(self, vals_list):
        # PostgreSQL compares with the rows that it has: those just archived or moved are written.
        self.flush_model(["active", "date_start", "date_end"])
        rows = super().create(vals_list)
        rows._forget_kept()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self._forget_kept()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_kept()
        return result

    def _forget_kept(self):
        """`territory.calendar` keeps them (`_get_holidays`)."""
        self.env.registry.clear_cache()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self.filtered("source_key"):
            raise UserError(
                self.env._(
                    "Published holidays come back with the next loading: archive them instead."
                )
            )

    def action_load(self):
        """Load what the ministry has published since."""
        self.browse().check_access("create")
        count = self._load_school_holidays()
        message = (
            self.env._("School holidays added or moved: %(count)s.", count=count)
            if count
            else self.env._("Nothing new has been published.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _load_school_holidays(self):
        """From the school year before this one; what was corrected here is left as it is, and what
        meets holidays written by hand is not added.

        :return: how many were added or moved
        """
        zone = self.env.company.school_zone
        year = int(get_school_year(clock.today())[:4]) - 1
        periods = [each for each in list_periods(zone) if int(each.key[:4]) >= year]
        rows = self.with_context(active_test=False).search(
            ["|", ("source_key", "!=", False), ("date_end", ">=", f"{year}-09-01")]
        )
        known = {row.source_key: row for row in rows if row.source_key}
        count = 0
        for period in periods:
            row = known.get(period.key)
            values = {"date_start": period.first, "date_end": period.last}
            published = {"source_start": period.first, "source_end": period.last}
            others = rows.filtered(
                lambda other, row=row, period=period: (
                    other.active
                    and other != row
                    and other.date_start <= period.last
                    and other.date_end >= period.first
                )
            )
            if not row and not others:
                rows += self.create(
                    {**values, **published, "name": period.name, "source_key": period.key}
                )
                count += 1
            elif row and (row.source_start, row.source_end) != (period.first, period.last):
                if row.is_corrected:
                    row.write(published)
                elif not others:
                    row.write({**values, **published})
                    count += 1
        if count:
            _logger.info("%s school holidays of zone %s added or moved", count, zone)
        return count
