"""A day as people write it, in French: one reader for every box where a date is typed.

15/11/1962, 15.11.1962, 15-11-1962, 15 11 1962, 15111962, 15/11/62, 151162, 15 novembre 1962,
15 nov. 62, le jeudi 1er mai 2027, 1962-11-15. `static/src/js/day_input.js` of the site's forms
reads the same.
"""

import re
import unicodedata
from datetime import date

from odoo.tools.misc import format_date, get_lang

CENTURIES = (1900, 2000, 2100)
LENGTH_MAX = 60
# From their first letters on: "janv.", "fév", "sept.".
MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
).split()
WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
SEPARATED = re.compile(r"([0-9]{1,2})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4}|[0-9]{2})")
JOINED = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
IN_WORDS = re.compile(
    rf"(?:le )?(?:(?:{WEEKDAYS}),? )?([0-9]{{1,2}})(?:er)?[ ./-]*([a-z]{{3,9}})[ ./-]*"
    r"([0-9]{4}|[0-9]{2})"
)
FIRST_OF_MONTH = re.compile(r"(?<![0-9])1(?=\s[^\W\d])")
# As machines write it, and who sorts files by name.
YEAR_FIRST = re.compile(r"([0-9]{4})([ ./-])([0-9]{1,2})\2([0-9]{1,2})")
JOINED_YEAR_FIRST = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class NoSuchDay(ValueError):
    """Day, month and year can be read, and no calendar has them; the text is 31/02/2027."""


def read_day(text, limit, today):
    """The day that was typed.

    :param limit: `past`, `future` or None, what the question asks: a year of two figures is the
        last one that has passed, or the next one to come; else the nearest, up to 20 years ahead
    :param today: `clock.today()`
    :raise NoSuchDay: 32/13/2026
    :raise ValueError: what is no date
    """
    parts = _split(text)
    if not parts:
        raise ValueError(text)
    day, month, year = parts
    years = [int(year)] if len(year) == 4 else [each + int(year) for each in CENTURIES]
    days = [found for each in years if (found := _make(each, month, day))]
    if not days:
        raise NoSuchDay(f"{day:02}/{month:02}/{year}")
    if limit == "future":
        return min((found for found in days if found >= today), default=days[-1])
    # Nobody plans a hundred years ahead: 15/11/62 has passed, 15/11/30 is to come.
    latest = today if limit == "past" else date(today.year + 20, 12, 31)
    return max((found for found in days if found <= latest), default=days[0])


def show_day(day):
    return f"{day:%d/%m/}{day.year:04}"


def say_day(env, day, pattern="d MMMM y", lang_code=None):
    """In words, as people say it: 1er septembre 2026, where no machine knows « 1er »."""
    said = format_date(env, day, lang_code=lang_code, date_format=pattern)
    if get_lang(env, lang_code).code.startswith("fr"):
        said = FIRST_OF_MONTH.sub("1er", said)
    return said


def _split(text):
    """(day, month, year as it was written), or nothing."""
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = " ".join(text.split())
    if len(text) > LENGTH_MAX:
        return None
    if match := SEPARATED.fullmatch(text):
        return int(match[1]), int(match[2]), match[3]
    if match := YEAR_FIRST.fullmatch(text):
        return int(match[4]), int(match[3]), match[1]
    if match := IN_WORDS.fullmatch(text):
        months = [rank for rank, name in enumerate(MONTHS, 1) if _is_month(name, match[2])]
        return (int(match[1]), months[0], match[3]) if len(months) == 1 else None
    match = JOINED.fullmatch(text)
    if not match:
        return None
    # Eight figures: the order of people, unless it has no sense and the other one has.
    first = JOINED_YEAR_FIRST.fullmatch(text)
    if first and not _is_sensible(match[3], match[2]) and _is_sensible(first[1], first[2]):
        return int(first[3]), int(first[2]), first[1]
    return int(match[1]), int(match[2]), match[3]


def _is_month(name, typed):
    return name.startswith(typed)


def _is_sensible(year, month):
    return "01" <= month <= "12" and "1900" <= year <= "2200"


def _make(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None
