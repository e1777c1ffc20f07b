"""Delays of the law, in whole days. Pure Python: no database, no clock."""

from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Rule(NamedTuple):
    """What silence means for one request, and when. Written on it when it is filed."""

    effect: str  # accepted | refused
    number: int
    unit: str  # day | month
    from_complete: bool = False  # starts with the complete file, not with the reception
    is_suspended: bool = True  # stops while the applicant has time to send what is missing


def silence_date(rule, start):
    """The last day on which the service may still answer.

    From the day of the month to the same day of another one, or to the last day of a shorter
    one (31 December + 2 months = 28 or 29 February). Bank holidays and week-ends move nothing.
    """
    return start + relativedelta(**{f"{rule.unit}s": rule.number})


def paused(rule, date, asked_on, due):
    """The silence date of a request whose applicant is asked for something until `due`.

    Where silence accepts, there is none before the file is complete. Where it refuses, the time
    given to the applicant is not counted, and no more than this time (CRPA L114-5).
    """
    if not date or rule.from_complete:
        return None
    return date + (due - asked_on) if rule.is_suspended else date


def resumed(rule, date, due, today):
    """The silence date once everything was received: `date` is what `paused` gave."""
    if rule.from_complete:
        return silence_date(rule, today)
    if not date or not rule.is_suspended or today >= due:
        return date
    return date - (due - today)
