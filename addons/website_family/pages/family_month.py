"""A month of the children: a week on each line, from Monday to Friday."""

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

from .family_days import FamilyDays
from .words import DAY, FAR, WEEK, get_monday, get_next_month, join, show_month


class MonthTable:
    """
    :param days: `FamilyDays` of these weeks at least
    :param first: the first day of the month
    """

    def __init__(self, days, first):
        self.days = days
        self.env = days.env
        self.first = first
        self.last = get_next_month(first) - DAY
        self.mondays = []
        monday = get_monday(first)
        while monday <= self.last:
            self.mondays.append(monday)
            monday += WEEK
        self.has_week_end = any(days.has_week_end(monday) for monday in self.mondays)

    def get_values(self):
        env, today = self.env, self.days.today
        before, after = (self.first - DAY).replace(day=1), get_next_month(self.first)
        count = 7 if self.has_week_end else 5
        weeks = [self._describe_week(monday, count) for monday in self.mondays]
        return {
            "title": self._say(self.first).capitalize(),
            "month": show_month(self.first),
            "names": [
                say_day(env, self.mondays[0] + rank * DAY, "EEEE").capitalize()
                for rank in range(count)
            ],
            "weeks": [week for week in weeks if week],
            "before": self._describe_month(before) if today - before < FAR else None,
            "after": self._describe_month(after) if after - today < FAR else None,
            "holidays": self._tell_holidays(),
        }

    def _say(self, day):
        """The year is told when it is not this one."""
        pattern = "MMMM" if day.year == self.days.today.year else "MMMM y"
        return say_day(self.env, day, pattern)

    def _describe_month(self, day):
        return {"month": show_month(day), "name": self._say(day).capitalize()}

    def _describe_week(self, monday, count):
        days = [monday + rank * DAY for rank in range(count)]
        if not any(self.first <= day <= self.last for day in days):
            return None
        away = [set(self.days.find_away(day)) for day in days if self.days.get_choices(day)]
        names = [
            child.firstname
            for child in self.days.children
            if away and all(child.firstname in each for each in away)
        ]
        return {
            "number": monday.isocalendar().week,
            "away": join(self.env, names),
            "days": [self._describe_day(day) for day in days],
        }

    def _describe_day(self, day):
        told = self.days.describe_day(day)
        lines = []
        for child in self.days.children:
            rows = self.days.describe_rows(day, child)
            if rows:
                words = ", ".join(row["short"] for row in rows)
                lines.append({"name": child.firstname, "words": words})
        return {**told, "lines": lines, "is_other_month": not self.first <= day <= self.last}

    def _tell_holidays(self):
        """The school holidays that begin in this month."""
        found = []
        for name, first, last in self.env["territory.calendar"]._list_school_holidays():
            if self.first <= first <= self.last:
                found.append(
                    self.env._(
                        "%(name)s: from %(first)s to %(last)s",
                        name=name,
                        first=say_day(self.env, first, "EEEE d MMMM"),
                        last=say_day(self.env, last, "EEEE d MMMM"),
                    )
                )
        return found


class FamilyMonth:
    def __init__(self, parent, children, first):
        first_day = get_monday(first)
        last_day = get_monday(get_next_month(first) - DAY) + 6 * DAY
        self.table = MonthTable(FamilyDays(parent, children, first_day, last_day), first)

    def get_values(self):
        return {"month": self.table.get_values(), "today": clock.today()}
