"""Working days, as the territory counts them. Pure Python: no database, no clock."""

from datetime import timedelta

from odoo.addons.territory_base import bank_holidays


def next_working_day(day):
    """This day, or the next one that is neither a week-end nor a bank holiday."""
    while day.weekday() >= 5 or bank_holidays.get_name(day):
        day += timedelta(days=1)
    return day


def last_working_day(day):
    """This day, or the one before it on which the service works: what it promises for itself."""
    while day.weekday() >= 5 or bank_holidays.get_name(day):
        day -= timedelta(days=1)
    return day
