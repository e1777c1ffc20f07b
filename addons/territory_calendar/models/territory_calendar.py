from datetime import date

from odoo import api, models
from odoo.tools import ormcache

from ..tools.days import make_days

PERIOD = ["name", "date_start", "date_end"]


class TerritoryCalendar(models.AbstractModel):
    """What each day is here: school, holidays, closed. Whoever plans asks this, and keeps no list
    of its own."""

    _name = "territory.calendar"
    _description = "Calendar of the territory"

    @api.model
    def _read_days(self, first, last, service=None):
        """One query, whatever the number of days.

        :param first, last: dates, both included
        :param service: `territory.service` whose own closed days count too; the others' do not
        :return: {date: Day} (`tools/days.py`)
        """
        services = [False, *(service.ids if service else ())]
        closed = self.env["territory.closed.day"].search_fetch(
            [
                ("service_id", "in", services),
                ("date_start", "<=", last),
                ("date_end", ">=", first),
            ],
            [*PERIOD, "service_id"],
        )
        # Her own reason is told rather than everybody's.
        closed = closed.sorted(lambda day: not day.service_id)
        return make_days(
            first,
            last,
            self._list_school_holidays(),
            self._list_periods(closed),
            self._get_known_days(),
        )

    @api.model
    def _get_known_days(self):
        """(first, last) of the days of which the school holidays are known."""
        return _span(self._get_holidays())

    @api.model
    def _list_school_holidays(self):
        """[(name, first day, last day)] of all that are known, in order."""
        return [period for period, _is_published in self._get_holidays()]

    @ormcache()
    def _get_holidays(self):
        """(((name, first day, last day), whether it is published)…): every page of a family asks
        for them several times, and they change once a year. Everybody may read them."""
        Holiday_sudo = self.env["territory.holiday"].sudo().with_context(active_test=True)
        rows_sudo = Holiday_sudo.search_fetch([], [*PERIOD, "source_key"])
        published = [bool(row_sudo.source_key) for row_sudo in rows_sudo]
        return tuple(zip(self._list_periods(rows_sudo), published, strict=True))

    def _list_periods(self, rows):
        return [(row.name, row.date_start, row.date_end) for row in rows]


def _span(holidays):
    """Up to the last ones that are published: a bridge that is written by hand years ahead tells
    nothing of the days before it."""
    periods = [period for period, is_published in holidays if is_published]
    periods = periods or [period for period, _is_published in holidays]
    return (
        min((first for _name, first, _last in periods), default=date.max),
        max((last for _name, _first, last in periods), default=date.min),
    )
