"""The days on which a round passes. No ORM."""

from dataclasses import dataclass
from datetime import date, timedelta

# A moved collection stays nearer to its usual day than to the next one: two of a weekly round can
# never fall on one day.
SHIFT_DAYS_MAX = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Rhythm:
    weekday: int  # 0: Monday
    frequency: str  # weekly, even, odd (weeks of the calendar), fortnight (from the first day)
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Pickup:
    """One collection: its usual day, and the day on which it is done; none: it is not done."""

    usual: date
    day: date | None

    @property
    def is_moved(self):
        return self.day is not None and self.day != self.usual

    @property
    def shown(self):
        """Where a calendar tells of it."""
        return self.day or self.usual


def find_usual_days(rhythm, first, last):
    """The days of this rhythm from `first` to `last`, both included, before any shift."""
    begin = rhythm.start + timedelta(days=(rhythm.weekday - rhythm.start.weekday()) % 7)
    if first > begin:
        day = first + timedelta(days=(rhythm.weekday - first.weekday()) % 7)
    else:
        day = begin
    last = min(last, rhythm.end) if rhythm.end else last
    days = []
    while day <= last:
        if _is_week_of(rhythm, day, begin):
            days.append(day)
        day += WEEK
    return days


def _is_week_of(rhythm, day, begin):
    if rhythm.frequency == "fortnight":
        return (day - begin).days % 14 == 0
    if rhythm.frequency in ("even", "odd"):
        return day.isocalendar().week % 2 == (rhythm.frequency == "odd")
    return True


def find_pickups(rhythm, shifts, first, last):
    """The collections shown from `first` to `last`, in order.

    :param shifts: dict of a usual day -> the day it is moved to, or None: no collection
    """
    margin = timedelta(days=SHIFT_DAYS_MAX)
    found = [
        Pickup(day, shifts.get(day, day))
        for day in find_usual_days(rhythm, first - margin, last + margin)
    ]
    return sorted(
        (pickup for pickup in found if first <= pickup.shown <= last),
        key=lambda pickup: pickup.shown,
    )
