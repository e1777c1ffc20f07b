from datetime import UTC, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from .. import clock
from ..opening_clock import ZONE, Hours, get_midnight, read_clock

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# How long before an exception it is told.
TOLD_DAYS = 60
# From when on somebody who is on her way had better know.
SOON = timedelta(minutes=30)
NO_BREAK = "\xa0"


class OpeningState(NamedTuple):
    """Whether a place is open. The moments are in UTC, naive, as the database has them."""

    # open, soon (it closes within half an hour), closed; empty: nobody has told.
    state: str
    sentence: str
    # When open becomes closed or the reverse; None: not before long.
    changes_at: object
    # Until when the sentence is true: a page that is kept ends then. Midnight at the latest,
    # "today" and the exceptions to come being others then.
    said_until: object


class TerritoryOpeningMixin(models.AbstractModel):
    """When a place is open: a day of the week, or days that are an exception to it.

    For a model of such rows; `_order` begins with the place.
    """

    _name = "territory.opening.mixin"
    _description = "Opening hours"

    weekday = fields.Selection(WEEKDAYS, "Day")
    date_start = fields.Date("First day", help="Of an exception to the week.")
    date_end = fields.Date("Last day", help="Empty: that day only.")
    hour_from = fields.Float("From")
    hour_to = fields.Float("To", help="The same as “From”: closed.")
    note = fields.Char(help="Told beside the hours: “by appointment”, “annual leave”.")

    _one_of_both = models.Constraint(
        "CHECK((weekday IS NULL) != (date_start IS NULL))",
        "Opening hours are those of a day of the week, or an exception from a date on.",
    )
    _dates_valid = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "An exception cannot end before it starts.",
    )
    _hours_valid = models.Constraint(
        "CHECK(COALESCE(hour_from, 0) >= 0 AND COALESCE(hour_to, 0) <= 24"
        " AND COALESCE(hour_to, 0) >= COALESCE(hour_from, 0)"
        " AND (weekday IS NULL OR hour_to > hour_from))",
        "Write an hour of opening, then a later hour of closing.",
    )

    # What is told to the people

    def _get_sentences(self):
        """One line for each run of days with the same hours, then the exceptions to come."""
        days = {}
        for opening in self.filtered("weekday").sorted(lambda each: (each.weekday, each.hour_from)):
            days.setdefault(int(opening.weekday), []).append(opening._get_hours())
        runs = []
        for day, hours in days.items():
            if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
                runs[-1][1] = day
            else:
                runs.append([day, day, hours])
        lines = [self._get_run_sentence(first, last, hours) for first, last, hours in runs]
        lines += [each._get_exception_sentence() for each in self._filtered_told()]
        return lines

    @api.model
    def _get_run_sentence(self, first, last, hours):
        names = [
            label for _value, label in self._fields["weekday"]._description_selection(self.env)
        ]
        values = {
            "first": names[first],
            "last": names[last],
            "hours": self.env._(" and ").join(hours),
        }
        if first == last:
            return self.env._("%(first)s: %(hours)s", **values)
        values = {**values, "first": names[first].lower(), "last": names[last].lower()}
        if last == first + 1:
            values["first"] = values["first"].capitalize()
            return self.env._("%(first)s and %(last)s: %(hours)s", **values)
        return self.env._("From %(first)s to %(last)s: %(hours)s", **values)

    def _get_hours(self):
        self.ensure_one()
        hours = f"{self._show_hour(self.hour_from)} – {self._show_hour(self.hour_to)}"
        return f"{hours} ({self.note})" if self.note else hours

    def _tell_row(self):
        """(label, text) of one row, where rows are compared: a day, its hours."""
        self.ensure_one()
        if self.date_start:
            return format_date(self.env, self.date_start), self._get_exception_sentence()
        names = dict(self._fields["weekday"]._description_selection(self.env))
        return names.get(self.weekday, ""), self._get_hours()

    @api.model
    def _show_hour(self, hour):
        whole, minutes = divmod(round(hour * 60), 60)
        return f"{whole}{NO_BREAK}h" + (f"{NO_BREAK}{minutes:02}" if minutes else "")

    # Whether it is open now

    def _get_clock_rows(self):
        """What `opening_clock` reads, which no longer needs the database."""
        return tuple(
            Hours(
                int(each.weekday) if each.weekday else None,
                each.date_start or None,
                each.date_end or each.date_start or None,
                round(each.hour_from * 60),
                round(each.hour_to * 60),
            )
            for each in self
        )

    @api.model
    def _read_opening_state(self, rows, now, is_feminine=False):
        """Of a service, or of any place that has such rows.

        :param rows: of `_get_clock_rows()`
        :param now: as the database has it, UTC and naive
        :param is_feminine: French says “ouverte” of a town hall
        :return: an `OpeningState`
        """
        now = now.replace(tzinfo=UTC)
        is_open, change = read_clock(rows, now)
        until = get_midnight(now)
        if change:
            until = min(until, change)
        state = {True: "open", False: "closed", None: ""}[is_open]
        if is_open and change:
            if change - now <= SOON:
                state = "soon"
            else:
                until = min(until, change - SOON)
        # What follows hours that end may be that nobody has told any others.
        opens = change if is_open is False and change and read_clock(rows, change)[0] else None
        words = {"open": self.env._("Open"), "closed": self.env._("Closed")}
        word = words.get("open" if is_open else state, "")
        if is_feminine and (self.env.lang or "").startswith("fr"):
            word += "e"
        sentence = self._get_state_sentence(
            state, word, now, opens if state == "closed" else change
        )
        return OpeningState(
            state,
            sentence,
            change and change.replace(tzinfo=None),
            until.replace(tzinfo=None),
        )

    @api.model
    def _get_state_sentence(self, state, word, now, change):
        if not state or not change:
            return word
        wall, today = change.astimezone(ZONE), now.astimezone(ZONE).date()
        values = {"word": word, "hour": self._show_hour(wall.hour + wall.minute / 60)}
        ahead = (wall.date() - today).days
        if state == "soon":
            return self.env._("%(word)s, closes soon, at %(hour)s", **values)
        if state == "open":
            # A place that closes at midnight does so today.
            if ahead == 1 and values["hour"] == self._show_hour(0):
                return self.env._("%(word)s, closes at midnight", **values)
            if ahead:
                values["day"] = self._show_clock_day(wall.date(), today)
                return self.env._("%(word)s, closes on %(day)s at %(hour)s", **values)
            return self.env._("%(word)s, closes at %(hour)s", **values)
        if not ahead:
            return self.env._("%(word)s, opens at %(hour)s", **values)
        values["day"] = self._show_clock_day(wall.date(), today)
        if ahead < 7:
            return self.env._("%(word)s, opens on %(day)s at %(hour)s", **values)
        return self.env._("%(word)s until %(day)s at %(hour)s", **values)

    @api.model
    def _show_clock_day(self, day, today):
        """vendredi; le 28; le 4 janvier: as little as names one day."""
        if (day - today).days < 7:
            return format_date(self.env, day, date_format="EEEE")
        return self._show_plain_day(
            day, is_short=(day.year, day.month) == (today.year, today.month)
        )

    @api.model
    def _show_plain_day(self, day, *, is_short=False):
        """4 janvier, or 4 alone; the year goes without saying: it is never far."""
        shown = format_date(self.env, day, date_format="d" if is_short else "d MMMM")
        if day.day == 1 and (self.env.lang or "").startswith("fr"):
            return shown.replace("1", "1er", 1)
        return shown

    def _filtered_told(self):
        """The exceptions that are not over and do not start too far from today."""
        today = clock.today()
        horizon = fields.Date.add(today, days=TOLD_DAYS)
        return self.filtered(
            lambda each: (
                each.date_start
                and each.date_start <= horizon
                and (each.date_end or each.date_start) >= today
            )
        ).sorted("date_start")

    def _get_exception_sentence(self):
        self.ensure_one()
        last = self.date_end or self.date_start
        is_one_month = self.date_start != last and (
            (self.date_start.year, self.date_start.month) == (last.year, last.month)
        )
        values = {
            "first": self._show_plain_day(self.date_start, is_short=is_one_month),
            "last": self._show_plain_day(last),
            "hours": self._get_hours(),
        }
        is_open = self.hour_to > self.hour_from
        if last == self.date_start:
            sentence = (
                self.env._("On %(first)s: %(hours)s", **values)
                if is_open
                else self.env._("Closed on %(first)s", **values)
            )
        else:
            sentence = (
                self.env._("From %(first)s to %(last)s: %(hours)s", **values)
                if is_open
                else self.env._("Closed from %(first)s to %(last)s", **values)
            )
        return f"{sentence} ({self.note})" if self.note and not is_open else sentence
