"""Whether hours mean open at one moment, and when that changes: no database, no words."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from .clock import ZONE

DAY = timedelta(days=1)
# How far a change is looked for; it also keeps the year 9999 that somebody typed out of the way.
HORIZON = 300 * DAY
FULL_DAY = 24 * 60


class Hours(NamedTuple):
    """One row of opening hours, in minutes of the day. From an hour to itself: closed."""

    weekday: int | None
    first: date | None
    last: date | None
    start: int
    end: int


def read_clock(rows, moment):
    """State at this moment and the moment of the next change.

    :param rows: list of `Hours`
    :param moment: aware
    :return: True (open), False (closed) or None (nobody has told), and the next moment, in UTC,
        at which it is something else; None when nothing changes before the horizon
    """
    moment = moment.astimezone(UTC)
    state = _read_state(rows, moment)
    for candidate in _get_candidates(rows, moment):
        if candidate > moment and _read_state(rows, candidate) is not state:
            return state, candidate
    return state, None


def read_slots(rows, day):
    """What is open on a day, [(start, end)] in minutes; None when nobody has told."""
    exceptions = [row for row in rows if row.first and row.first <= day <= row.last]
    if exceptions:
        # Open for two hours on one day of the holidays: the most precise one is meant.
        shortest = min(row.last - row.first for row in exceptions)
        told = [row for row in exceptions if row.last - row.first == shortest]
    else:
        week = [row for row in rows if row.weekday is not None]
        if not week:
            return None
        told = [row for row in week if row.weekday == day.weekday()]
    return sorted((row.start, row.end) for row in told if row.end > row.start)


def _read_state(rows, moment):
    """By the clock on the wall, which goes twice through an hour of October."""
    wall = moment.astimezone(ZONE)
    slots = read_slots(rows, wall.date())
    if slots is None:
        return None
    minute = wall.hour * 60 + wall.minute
    return any(start <= minute < end for start, end in slots)


def _get_candidates(rows, moment):
    """Every moment at which the state may change, in order."""
    today = moment.astimezone(ZONE).date()
    # Between two of these days the week only comes again: eight days show all of it.
    turns = {today, *(row.first for row in rows if row.first)}
    turns |= {row.last + DAY for row in rows if row.first and row.last < date.max}
    turns = {turn for turn in turns if today <= turn <= today + HORIZON}
    for day in sorted({turn + ahead * DAY for turn in turns for ahead in range(9)}):
        yield from _get_day_candidates(rows, day)


def _get_day_candidates(rows, day):
    slots = read_slots(rows, day) or []
    walls = {0, *(minute for slot in slots for minute in slot if minute < FULL_DAY)}
    moments = {
        datetime.combine(day, time(*divmod(minute, 60)), ZONE).replace(fold=fold).astimezone(UTC)
        for minute in walls
        for fold in (0, 1)
    }
    begin, end = (datetime.combine(each, time(), ZONE).astimezone(UTC) for each in (day, day + DAY))
    if end - begin != DAY:
        # The night when the clocks change: they do at a full quarter of an hour.
        quarters = range((end - begin) // timedelta(minutes=15))
        moments |= {begin + timedelta(minutes=15 * quarter) for quarter in quarters}
    return sorted(moments)


def get_midnight(moment):
    """The end of this day, where the services are."""
    day = moment.astimezone(ZONE).date() + DAY
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
