"""When something goes, and who hears of it before. No database: played over years by the tests.

Two warnings, each to the person and to the service, both sides reached; then only it goes.
"""

from datetime import date, timedelta
from typing import NamedTuple


class Notice(NamedTuple):
    """How many days before the end each warning leaves, at least."""

    first: int = 60
    second: int = 30


class Warned(NamedTuple):
    """A warning: the day it announced, and the day on which it had left to both sides."""

    announced: date
    left: date | None = None


class Step(NamedTuple):
    act: str  # keep, warn, wait (for a warning to leave), go, forget (the warnings)
    rank: int = 0  # of the warning
    announced: date | None = None


KEEP, WAIT, GO, FORGET = Step("keep"), Step("wait"), Step("go"), Step("forget")


def plan(due, today, notice, first=None, second=None):
    """What to do today with one record.

    :param due: the end of its delay; None while it is undecided, contested, held, or without delay
    :param first, second: `Warned`, or None
    """
    if first and (due is None or due > first.announced):
        # The clock stopped, or started again later: who was warned of that day is warned anew.
        return FORGET
    if due is None or today < due - timedelta(notice.first):
        return KEEP
    if first is None:
        return Step("warn", 1, max(due, today + timedelta(notice.first)))
    if first.left is None:
        return WAIT
    if second is None:
        if today < _second_day(first, notice):
            return KEEP
        return Step("warn", 2, max(first.announced, today + timedelta(notice.second)))
    if second.left is None:
        return WAIT
    return GO if today >= _end(second, notice) else KEEP


def goes_on(due, today, notice, first=None, second=None):
    """The first day on which it can go, if every warning leaves on its day."""
    if due is None:
        return None
    if first and due > first.announced:
        first = second = None
    if first is None:
        return max(due, today + timedelta(notice.first))
    if second is None:
        day = max(today, _second_day(first._replace(left=first.left or today), notice))
        return max(first.announced, day + timedelta(notice.second))
    return max(today, _end(second._replace(left=second.left or today), notice))


def _second_day(first, notice):
    """Never sooner after the first than was said, whatever kept the first from leaving."""
    return max(
        first.announced - timedelta(notice.second),
        first.left + timedelta(notice.first - notice.second),
    )


def _end(second, notice):
    return max(second.announced, second.left + timedelta(notice.second))
