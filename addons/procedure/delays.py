"""Days, as the territory counts them. Pure Python: no database, no clock."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

# A day begins at midnight here, whatever the time zone of the server or of the person who acts.
ZONE = ZoneInfo("Europe/Paris")


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
