"""What a day is. No database."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo.addons.territory_base import bank_holidays

SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """One day of the territory; each name is what the public is told, empty where it is not so."""

    date: date
    school_holiday: str = ""
    public_holiday: str = ""
    closed: str = ""
    # The school holidays of this day are published.
    is_known: bool = True

    @property
    def is_off(self):
        """Nobody is received: a public holiday, or a day on which it is closed."""
        return bool(self.public_holiday or self.closed)

    @property
    def has_school(self):
        """Lessons are given, where they are given on this day of the week. None: not known yet."""
        if self.is_off or self.school_holiday or self.date.weekday() >= SATURDAY:
            return False
        return True if self.is_known else None

    @property
    def reason(self):
        """Why it is not a day of school, in words for the public; empty on a day of school."""
        return self.closed or self.public_holiday or self.school_holiday


def make_days(first, last, holidays, closed, known):
    """{date: Day} of every day from the first to the last one.

    :param holidays: [(name, first, last)], all that are known
    :param closed: [(name, first, last)], the most precise first
    :param known: (first, last) day of which the holidays are published
    """
    known_from, known_to = known
    days = {}
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        days[day] = Day(
            day,
            _find_name(day, holidays),
            bank_holidays.get_name(day),
            _find_name(day, closed),
            known_from <= day <= known_to,
        )
    return days


def _find_name(day, periods):
    return next((name for name, start, end in periods if start <= day <= end), "")
