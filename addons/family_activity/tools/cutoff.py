"""Until when something may be booked, cancelled or said. No database."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from babel.dates import format_date

from odoo.addons.territory_base import clock

DAY = timedelta(days=1)
# Of days in a row on which nobody works: past them the count stops.
LONGEST = 366
KINDS = ("days", "working_days", "weeks")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NO_BREAK = "\xa0"


@dataclass(frozen=True)
class Cutoff:
    """A rule such as "two working days before, at 12 h". The hour itself is still in time.

    `kind`: `days` (of the calendar; 0: the same day), `working_days` (that are counted before the
    day, which is not), `weeks` (a day of the week, so many weeks before; weeks begin on Monday).
    """

    kind: str
    count: int
    hour: time
    # Of `weeks`: 0 is Monday.
    weekday: int | None = None

    def __post_init__(self):
        if self.kind not in KINDS or self.count < (self.kind != "days"):
            raise ValueError(f"no such rule: {self.kind} {self.count}")
        if (self.kind == "weeks") != (self.weekday is not None):
            raise ValueError("a day of the week goes with weeks, and only with them")

    def find_limit(self, day, is_working):
        """The last moment for what happens on this day, aware, never after the end of that day.

        :param is_working: day → whether somebody works then; asked by `working_days` only
        """
        return clock.at(self._find_day(day, is_working), self.hour)

    def _find_day(self, day, is_working):
        if self.kind == "days":
            return _step_back(day, self.count)
        if self.kind == "weeks":
            return _step_back(day, day.weekday() + 7 * self.count - self.weekday)
        found, left = day, self.count
        for _step in range(LONGEST):
            found = _step_back(found, 1)
            left -= is_working(found)
            if not left:
                break
        return found

    def say_limit(self, day, is_working):
        """« jusqu’au mardi 5 mai 2026 à 12 h »"""
        return say_moment(self.find_limit(day, is_working))

    def say_rule(self):
        """« au plus tard 2 jours ouvrés avant, à 12 h »: the rule, whatever the day."""
        hour = say_hour(self.hour)
        if self.kind == "weeks":
            before = "de la semaine d’avant" if self.count == 1 else f"{self.count} semaines avant"
            return f"au plus tard le {WEEKDAYS[self.weekday]} {before}, à {hour}"
        if self.kind == "working_days":
            days = (
                "le jour ouvré d’avant" if self.count == 1 else f"{self.count} jours ouvrés avant"
            )
        else:
            days = {0: "le jour même", 1: "la veille"}.get(self.count, f"{self.count} jours avant")
        return f"au plus tard {days}, à {hour}"


def say_moment(moment):
    """« jusqu’au vendredi 1er mai 2026 à 8 h 30 »"""
    return f"jusqu’au {say_day(moment.date())} à {say_hour(moment.time())}"


def say_day(day):
    """« vendredi 1er mai 2026 »"""
    number = "1er" if day.day == 1 else str(day.day)
    month = format_date(day, "MMMM y", locale="fr")
    return f"{WEEKDAYS[day.weekday()]} {number} {month}"


def to_time(hours):
    """12.5 → 12:30; 24 is the last minute of the day."""
    return time(*divmod(min(round(hours * 60), 24 * 60 - 1), 60))


def say_hour(hour):
    minutes = f"{NO_BREAK}{hour.minute:02}" if hour.minute else ""
    return f"{hour.hour}{NO_BREAK}h{minutes}"


def _step_back(day, days):
    return date.fromordinal(max(day.toordinal() - days, 1))
