"""The day to which a collection may be moved because of a public holiday. No ORM."""

from datetime import timedelta

from .pickups import SHIFT_DAYS_MAX

SATURDAY, SUNDAY = 5, 6


def propose_shifts(day, operation, off):
    """[(usual day, day it is moved to, or None)] of one public holiday.

    :param operation: `none`; `next`: this day only; `week`: this day and the days that follow it
        until Saturday, each one later
    :param off: days on which nobody collects
    """
    if operation == "none":
        return [(day, None)]
    days = [day]
    if operation == "week":
        days += [day + timedelta(days=step) for step in range(1, SATURDAY - day.weekday())]
    return [(each, _find_next(each, off)) for each in days if each == day or each not in off]


def _find_next(day, off):
    """The next day of work; None when it is too far to be the same collection."""
    for step in range(1, SHIFT_DAYS_MAX + 1):
        other = day + timedelta(days=step)
        if other not in off and other.weekday() != SUNDAY:
            return other
    return None
