"""School holidays of metropolitan France, as published by the ministry. No database."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from vacances_scolaires_france import SchoolHolidayDates

ZONES = ("A", "B", "C")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days without school, both ends included."""

    name: str
    first: date
    last: date

    @property
    def key(self):
        """The same one of the same school year, whatever its days: they are corrected sometimes."""
        return f"{get_school_year(self.first)} {self.name}"


def get_school_year(day):
    """'2026-2027'; the summer holidays belong to the year that they end."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{first + 1}"


@cache
def list_periods(zone):
    """Those of one zone that are published, in order.

    :param zone: 'A', 'B' or 'C' (arrêté of the ministry for each school year)
    """
    days = _read_days()
    periods = []
    for day in sorted(days):
        row = days[day]
        if not row[f"vacances_zone_{zone.lower()}"]:
            continue
        name = row["nom_vacances"].replace("'", "’")
        if periods and periods[-1].name == name and periods[-1].last == day - DAY:
            periods[-1] = Period(name, periods[-1].first, day)
        else:
            periods.append(Period(name, day, day))
    return tuple(periods)


@cache
def _read_days():
    return SchoolHolidayDates().data
