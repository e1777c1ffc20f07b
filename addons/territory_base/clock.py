"""The territory's clock: which day and hour it is there, wherever the server or the reader is."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import fields

# A day begins at midnight here.
ZONE = ZoneInfo("Europe/Paris")


def today():
    """The day that it is there now, as a date."""
    return local_day(fields.Datetime.now())


def years_ago(number):
    """This day so many years before: who was born later is not of that age. For 29 February, the
    28th of a common year."""
    return today() - relativedelta(years=number)


def local_time(moment):
    """This moment (a naive datetime in UTC) as the clocks show it there."""
    return moment.replace(tzinfo=UTC).astimezone(ZONE)


def local_day(moment):
    """The day that it is there at this moment (a naive datetime in UTC)."""
    return local_time(moment).date()


def end_of_day(day):
    """The last second of this day there, as a naive datetime in UTC."""
    return _to_utc(day, time(23, 59, 59))


def midday(day):
    """Noon of this day there, as a naive datetime in UTC."""
    return _to_utc(day, time(12))


def at(day, hour):
    """This hour of this day there, as an aware moment: compare it with an aware one. An hour that
    the change of clocks skips is the same one an hour later; one that comes twice, the first."""
    return datetime.combine(day, hour, ZONE).astimezone(UTC).astimezone(ZONE)


def _to_utc(day, hour):
    return at(day, hour).astimezone(UTC).replace(tzinfo=None)
