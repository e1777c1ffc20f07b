"""Moments of a booking by the clocks of the territory. No ORM.

A moment is naive, in UTC; a time of the day is a number of minutes since midnight.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from odoo.addons.territory_base import clock

DAY_MINUTES = 24 * 60
# A longer one is a mistake, or an agreement of another kind.
DAYS_MAX = 15
DAY, EVENING, WEEKEND, HOURS = PERIODS = ("day", "evening", "weekend", "hours")
SATURDAY = 5


class NoRange(ValueError):
    """`code` says why: "hours" (one lacks), "weekend", "backwards", "long"."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


class Hours(NamedTuple):
    """Of one room; an evening that ends before it begins ends on the day after."""

    day_from: int
    day_to: int
    evening_from: int
    evening_to: int


def to_moment(day, minutes):
    """That time of that day, as a moment; midnight of the end of a day is that of the next one."""
    day += timedelta(days=minutes // DAY_MINUTES)
    hour, minute = divmod(minutes % DAY_MINUTES, 60)
    local = datetime.combine(day, time(hour, minute), clock.ZONE)
    return local.astimezone(UTC).replace(tzinfo=None)


def find_range(period, day, hours, last_day=None, start=None, stop=None):
    """(first moment, last moment) of what is asked.

    :param start, stop: of the hours that were typed, for this period only
    :raise NoRange: nothing can be booked so
    """
    if period == WEEKEND:
        if day.weekday() != SATURDAY:
            raise NoRange("weekend")
        found = to_moment(day, hours.day_from), to_moment(day + timedelta(days=1), hours.day_to)
    elif period == EVENING:
        found = to_moment(day, hours.evening_from), to_moment(day, _after(*hours[2:]))
    elif period == DAY:
        found = to_moment(day, hours.day_from), to_moment(day, hours.day_to)
    else:
        if start is None or stop is None:
            raise NoRange("hours")
        end = to_moment(last_day, stop) if last_day else to_moment(day, _after(start, stop))
        found = to_moment(day, start), end
    if found[0] >= found[1]:
        raise NoRange("backwards")
    if found[1] - found[0] > timedelta(days=DAYS_MAX):
        raise NoRange("long")
    return found


def _after(start, stop):
    """Until two o'clock is in the night that follows."""
    return stop + DAY_MINUTES if stop <= start else stop


def overlaps(start, stop, others):
    """Whether this is not free: what touches does not overlap."""
    return any(start < other_stop and other_start < stop for other_start, other_stop in others)


def find_free_periods(day, hours, setup, taken):
    """Which of the day and the evening are free on this day.

    :param setup: (before, after) in minutes
    :param taken: list of (first moment, last moment), set-up included
    """
    before, after = (timedelta(minutes=minutes) for minutes in setup)
    free = []
    for period in (DAY, EVENING):
        start, stop = find_range(period, day, hours)
        if not overlaps(start - before, stop + after, taken):
            free.append(period)
    return free
