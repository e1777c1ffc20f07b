"""On which days a child lives with one parent. No database."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
# Of each rhythm, what the other parent's is.
OTHER = {
    "always": "never",
    "never": "always",
    "even": "odd",
    "odd": "even",
    "every_other": "every_other",
    "varies": "varies",
}
OTHER_HOLIDAYS = {
    "same": "same",
    "always": "never",
    "never": "always",
    "first_even": "second_even",
    "second_even": "first_even",
}


@dataclass(frozen=True)
class Custody:
    """What one parent says of the weeks of a child.

    `rhythm`: `always`; `never` (but in the holidays, perhaps); `even`, `odd`: weeks as calendars
    number them (ISO 8601: after a week 53 comes a week 1, both odd); `every_other`: a week out of
    two, whatever their numbers; `varies`.
    `start`: of `every_other`, the first day of one of the weeks with this parent.
    `holidays`, in the school holidays: `same`, as any week; `always`, `never`; `first_even`: the
    first half in even years, the second in odd ones; `second_even`: the other way round.
    """

    rhythm: str
    start: date | None = None
    holidays: str = "same"

    def find(self, day, holiday=None):
        """Whether the child lives there on this day; None when it is not known beforehand.

        :param holiday: (first, last) of the school holidays that have this day
        """
        if holiday and self.holidays != "same":
            return self._find_in_holidays(day, *holiday)
        if self.rhythm == "varies":
            return None
        if self.rhythm in ("always", "never"):
            return self.rhythm == "always"
        if self.rhythm == "every_other":
            return (day - self.start) // WEEK % 2 == 0
        return day.isocalendar().week % 2 == (self.rhythm == "odd")

    def _find_in_holidays(self, day, first, last):
        if self.holidays in ("always", "never"):
            return self.holidays == "always"
        # Of an odd number of days, the first half has one more.
        is_first_half = 2 * (day - first).days <= (last - first).days
        is_even = first.year % 2 == 0
        return is_first_half == (is_even == (self.holidays == "first_even"))

    def get_other(self):
        """What the other parent says, when both agree."""
        start = self.start + WEEK if self.start else None
        return Custody(OTHER[self.rhythm], start, OTHER_HOLIDAYS[self.holidays])
