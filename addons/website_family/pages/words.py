"""Days and hours as the pages of a family say them."""

import re
from datetime import date, timedelta

from odoo.addons.family_activity.tools.cutoff import say_hour, to_time
from odoo.addons.territory_base.dates import say_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# Further than a year ahead or behind, no page: nothing is planned there.
FAR = timedelta(days=400)
WEEK_ADDRESS = re.compile(r"([0-9]{4})-W([0-9]{2})")
MONTH_ADDRESS = re.compile(r"([0-9]{4})-([0-9]{2})")
# Within a week, the name of the day is enough.
NEAR = 6


def read_week(text):
    """The Monday of "2026-W48"; None when it is none."""
    match = WEEK_ADDRESS.fullmatch(text or "")
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def read_month(text):
    """The first day of "2026-12"; None when it is none."""
    match = MONTH_ADDRESS.fullmatch(text or "")
    try:
        return date(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def read_day(text):
    """The day of "2026-11-24", written so and not otherwise; None when it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text or "") else None
    except ValueError:
        return None


def is_near(day, today):
    """Whether a page is made for it."""
    return day is not None and abs(day - today) <= FAR


def show_week(day):
    """ "2026-W48": the week that has this day."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"


def show_month(day):
    return f"{day.year:04}-{day.month:02}"


def get_monday(day):
    return day - day.weekday() * DAY


def get_next_month(first):
    return (first + 31 * DAY).replace(day=1)


def say_days(env, first, last):
    """« du 23 au 27 novembre », « du 30 novembre au 4 décembre »"""
    month = say_day(env, last, "MMMM")
    begin = say_day(env, first, "d MMMM")
    if first.month == last.month:
        begin = begin.removesuffix(f" {month}")
    return env._("from %(first)s until %(last)s", first=begin, last=say_day(env, last, "d MMMM"))


def say_near(env, day, today):
    """« demain », « mercredi », « mercredi 25 novembre »"""
    step = (day - today).days
    if step in (-1, 0, 1):
        return (env._("yesterday"), env._("today"), env._("tomorrow"))[step + 1]
    if abs(step) <= NEAR:
        return say_day(env, day, "EEEE")
    return say_day(env, day, "EEEE d MMMM")


def say_moment(env, moment, now):
    """« 8 h 30 » today, else « demain, 12 h », « mercredi 25 novembre, 7 h 15 ».

    :param moment, now: aware, on the clocks of the territory
    """
    hour = say_hour(moment.time())
    if moment.date() == now.date():
        return hour
    day = say_near(env, moment.date(), now.date())
    return env._("%(day)s, %(hour)s", day=day, hour=hour)


def say_hours(env, session):
    """« de 11 h 45 à 13 h 30 »"""
    return env._(
        "from %(first)s to %(last)s",
        first=say_hour(to_time(session.hour_from)),
        last=say_hour(to_time(session.hour_to)),
    )


def join(env, words):
    """« Lou, Noé et Jeanne »"""
    *first, last = list(words) or [""]
    if not first:
        return last
    return env._("%(first)s and %(last)s", first=", ".join(first), last=last)


def say_rank(env, rank):
    return env._("first on the list") if rank == 1 else env._("no. %(rank)s on the list", rank=rank)
