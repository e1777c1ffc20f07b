"""Days as people type and read them."""

import re

from odoo import fields

from odoo.addons.territory_base import clock, dates


def tidy_date(value, limit=None):
    """Shown as it was understood: 15/11/1962; what is no date stays as it was typed."""
    day = _read_day(value, limit)
    return dates.show_day(day) if day else value


def to_iso(value):
    day = _read_day(value)
    return day.isoformat() if day else value


def _read_day(value, limit=None):
    try:
        return dates.read_day(value, limit, clock.today())
    except ValueError:
        return None


def show_date(value):
    """A date of the database, in figures: 15/11/1962."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    return f"{match[3]}/{match[2]}/{match[1]}" if match else value


def show_moment(env, moment, with_time=False):
    """A date-time of the database, as people say it."""
    if not moment:
        return ""
    local = fields.Datetime.context_timestamp(env.user, moment)
    shown = dates.say_day(env, local.date())
    if with_time:
        shown = env._("%(date)s, %(time)s", date=shown, time=show_time(env, moment))
    return shown


def show_time(env, moment):
    """The hour of a date-time of the database, as people read a clock: 10 h 42."""
    local = fields.Datetime.context_timestamp(env.user, moment)
    return f"{local.hour}\xa0h\xa0{local.minute:02}"


def show_day(env, day):
    """With the day of the week."""
    return dates.say_day(env, day, "EEEE d MMMM y") if day else ""
