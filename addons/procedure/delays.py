"""Delays of the law, in whole days of the territory. Pure Python: no database, no clock."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

# A day begins at midnight here, whatever the time zone of the server or of the person who acts.
ZONE = ZoneInfo("Europe/Paris")


class Rule(NamedTuple):
    """What silence means for one request, and when. Written on it when it is filed."""

    effect: str  # accepted | refused
    number: int
    unit: str  # day | month
    from_complete: bool = False  # starts with the complete file, not with the reception
    is_suspended: bool = True  # stops while the applicant has time to send what is missing


def local_time(moment):
    """This moment (a naive datetime in UTC) as the clocks show it here, whoever asks."""
    return moment.replace(tzinfo=UTC).astimezone(ZONE)


def local_day(moment):
    return local_time(moment).date()


def end_of_day(day):
    """The last second of this day here, as a naive datetime in UTC."""
    return _to_utc(day, time(23, 59, 59))


def midday(day):
    """Noon of this day here, as a naive datetime in UTC."""
    return _to_utc(day, time(12))


def _to_utc(day, clock):
    return datetime.combine(day, clock, ZONE).astimezone(UTC).replace(tzinfo=None)


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


def next_working_day(day):
    """This day, or the next one that is neither a week-end nor a bank holiday."""
    while day.weekday() >= 5 or day in _bank_holidays():
        day += timedelta(days=1)
    return day


def last_working_day(day):
    """This day, or the one before it on which the service works: what it promises for itself."""
    while day.weekday() >= 5 or day in _bank_holidays():
        day -= timedelta(days=1)
    return day


@cache
def _bank_holidays():
    return holidays.country_holidays("FR")
