"""Whether a slot is open on a day, and why not. No database."""

from dataclasses import dataclass
from datetime import date

HOLIDAY = "holiday"
SATURDAY = 5
# Why a session is closed.
HAND, SLOT, SITE, CALENDAR, SEASON = "hand", "slot", "site", "calendar", "season"


@dataclass(frozen=True)
class Period:
    """Days from one to another, both included; without end on a side where it is empty."""

    first: date | None = None
    last: date | None = None
    reason: str = ""

    def holds(self, day):
        return (not self.first or self.first <= day) and (not self.last or day <= self.last)


NEVER = Period(last=date.min)


@dataclass(frozen=True)
class Pattern:
    """When a slot comes back.

    `day`: a day of the week outside the school holidays ("0" is Monday), or HOLIDAY: Monday to
    Friday during them. `site` is when its place is open, but in its `suspensions`.
    """

    day: str
    slot: Period
    site: Period
    suspensions: tuple = ()

    def is_due(self, day):
        """Whether there is a session on this day of the calendar (`territory_calendar`), be it
        closed for once. None: nobody knows yet, its school holidays are not published."""
        if not self._falls_on(day.date) or not self.site.holds(day.date) or day.public_holiday:
            return False
        if not day.is_known and not day.school_holiday:
            return None
        return bool(day.school_holiday) == (self.day == HOLIDAY)

    def find_closing(self, day):
        """(cause, reason) why it is closed on this day; (None, "") when it is open. An empty reason
        goes without saying by its cause."""
        if not self._falls_on(day.date):
            return SLOT, ""
        if not self.site.holds(day.date):
            return SITE, ""
        suspended = next((each for each in self.suspensions if each.holds(day.date)), None)
        if suspended:
            return SITE, suspended.reason
        if day.is_off:
            return CALENDAR, day.reason
        # A day that is not known yet stays as it was planned.
        is_known = day.is_known or day.school_holiday
        if is_known and bool(day.school_holiday) != (self.day == HOLIDAY):
            return CALENDAR, day.school_holiday
        return None, ""

    def _falls_on(self, date):
        weekday = date.weekday()
        is_day = weekday < SATURDAY if self.day == HOLIDAY else weekday == int(self.day)
        return is_day and self.slot.holds(date)
