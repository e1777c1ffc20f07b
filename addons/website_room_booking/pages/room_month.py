"""A month of a room, as its page shows it: each day free or taken, by nobody."""

import calendar
from datetime import date, timedelta

from odoo.addons.room_booking import moments
from odoo.addons.territory_base import clock, dates

from .room_page import say_kept
from .room_price import RoomPrice


class RoomMonth:
    """:param room_sudo: read in superuser mode, the caller has checked that its page is public
    :param month: "2026-12", as the address says it; else that of the day, else the first one open
    :param day: "2026-12-12", the day that is chosen
    :param asking: see `RoomPrice`
    :param held_sudo: what the reader's own form holds of this room, if it does
    """

    def __init__(self, room_sudo, month="", day="", asking=None, held_sudo=None):
        self.room = room_sudo
        self.env = room_sudo.env
        self.price = RoomPrice(room_sudo, asking)
        self.today = clock.today()
        self.first, self.last = room_sudo._get_first_day(), room_sudo._get_last_day()
        self.chosen = read_day(day)
        start = read_day(f"{month}-01") or self.chosen or self.first
        start = min(max(start, self.today), self.last)
        self.start = start.replace(day=1)
        self.end = self.start + timedelta(days=calendar.monthrange(*self.start.timetuple()[:2])[1])
        hours = room_sudo._get_hours()
        self.hours = hours
        # An evening of the last day ends in the next month; a week-end too.
        around = (
            moments.to_moment(self.start - timedelta(days=2), 0),
            moments.to_moment(self.end + timedelta(days=3), 0),
        )
        self.taken = room_sudo._get_taken(*around)
        self.held = held_sudo
        hers = (held_sudo.busy_from, held_sudo.busy_until) if held_sudo else None
        self.taken_by_others = [each for each in self.taken if each != hers]
        # What nobody waits behind; all of it, where the form does not ask whether one waits.
        asked = room_sudo.procedure_id.version_id.field_ids.mapped("key")
        self.given = (
            room_sudo._get_taken(*around, with_options=False)
            if "room_waiting" in asked
            else self.taken
        )

    @property
    def title(self):
        return say_month(self.env, self.start)

    @property
    def former(self):
        """(address, words) of the month before; none before today."""
        before = self.start - timedelta(days=1)
        return self._link(before) if self.start > self.today else None

    @property
    def following(self):
        return self._link(self.end) if self.end <= self.last else None

    def _link(self, day):
        return f"{day:%Y-%m}", say_month(self.env, day)

    @property
    def weekdays(self):
        """(short, whole) names, from Monday on."""
        monday = date(2026, 1, 5)
        days = [monday + timedelta(days=rank) for rank in range(7)]
        return [
            tuple(dates.say_day(self.env, day, pattern) for pattern in ("EEE", "EEEE"))
            for day in days
        ]

    @property
    def weeks(self):
        """Lists of seven cells: dict of a day, or None outside of the month."""
        if not hasattr(self, "_weeks"):
            self._weeks = self._make_weeks()
        return self._weeks

    def _make_weeks(self):
        weeks = calendar.Calendar().monthdatescalendar(self.start.year, self.start.month)
        return [
            [self._cell(day) if day.month == self.start.month else None for day in week]
            for week in weeks
        ]

    def _cell(self, day):
        state = self._get_state(day)
        words = {
            "past": self.env._("past"),
            "late": self.env._("call"),
            "ahead": self.env._("later"),
            "taken": self.env._("taken"),
            "kept": self.env._("kept"),
            "option": self.env._("in option"),
            "day": self.env._("day"),
            "evening": self.env._("evening"),
            "free": self.env._("free"),
        }
        is_free = state in ("day", "evening", "free", "option", "kept")
        return {
            "number": day.day,
            "weekday": dates.say_day(self.env, day, "EEE"),
            "state": state,
            "words": words[state],
            "value": day.isoformat() if is_free else None,
            "is_chosen": is_free and day == self.chosen,
        }

    def _get_state(self, day):
        if day < self.today:
            return "past"
        free = self._get_free(day)
        is_option = not free and bool(self._get_free(day, self.given))
        if not free and not is_option:
            is_hers = self.held and self._get_free(day, self.taken_by_others)
            return "kept" if is_hers else "taken"
        if day < self.first:
            return "late" if free else "taken"
        if day > self.last:
            return "ahead"
        if is_option:
            return "option"
        return free[0] if len(free) == 1 else "free"

    def _get_free(self, day, taken=None):
        taken = self.taken if taken is None else taken
        return moments.find_free_periods(day, self.hours, self.room._get_setup(), taken)

    @property
    def legend(self):
        """What the words of the cells mean: only those that are in this month."""
        hours = {
            "day": self._say_minutes(self.hours.day_to),
            "evening": self._say_minutes(self.hours.evening_from),
        }
        sentences = {
            "taken": self.env._("“taken”: we never say by whom."),
            "kept": self.env._("“kept”: for you, who began a request."),
            "option": self.env._("“in option”: not confirmed yet, you may wait for it."),
            "day": self.env._("“day”: free until %(day)s.", **hours),
            "evening": self.env._("“evening”: free from %(evening)s.", **hours),
            "late": self.env._("“call”: too near for the site, call the town hall."),
            "ahead": self.env._("“later”: not open yet."),
        }
        shown = {cell["state"] for week in self.weeks for cell in week if cell}
        return " ".join(sentence for state, sentence in sentences.items() if state in shown)

    @property
    def kept(self):
        """Until when the reader's form holds the room, whatever day is chosen; empty for everybody
        else."""
        return say_kept(self.held) if self.held else ""

    @property
    def is_kept(self):
        """Whether the day that is chosen is one of those that her form holds."""
        if not self.held or not self.chosen:
            return False
        return clock.local_day(self.held.start) <= self.chosen <= clock.local_day(self.held.stop)

    def _say_minutes(self, minutes):
        return self._say_hour(moments.to_moment(self.start, minutes))

    @property
    def day(self):
        """The day that is chosen: its plate, what is free, what one may wait for; None when nothing
        is, or no day is."""
        if not self.chosen or not self.first <= self.chosen <= self.last:
            return None
        free = self._get_periods(self.taken)
        waited = [period for period in self._get_periods(self.given) if period not in free]
        if not free and not waited:
            return None
        month = dates.say_day(self.env, self.chosen, "MMM")
        words = dates.say_day(self.env, self.chosen, "EEEE d MMMM")
        return {
            "value": self.chosen.isoformat(),
            "number": self.chosen.day,
            "month": month,
            "title": words[:1].upper() + words[1:],
            "periods": [self._say_period(period) for period in free],
            "waited": [self._say_period(period) for period in waited],
            "taken": self._say_taken(),
        }

    def _get_periods(self, taken):
        """Those of the day that is chosen, where this is taken."""
        free = self._get_free(self.chosen, taken)
        if self.chosen.weekday() == moments.SATURDAY and self._is_free(moments.WEEKEND, taken):
            free = [*free, moments.WEEKEND]
        return free

    def _is_free(self, period, taken):
        start, stop = moments.find_range(period, self.chosen, self.hours)
        return not moments.overlaps(*self.room._widen(start, stop), taken)

    def _say_period(self, period):
        names = {
            moments.DAY: self.env._("The day"),
            moments.EVENING: self.env._("The evening"),
            moments.WEEKEND: self.env._("The week-end"),
        }
        start, stop = moments.find_range(period, self.chosen, self.hours)
        hours = {"start": self._say_hour(start), "stop": self._say_hour(stop)}
        if period == moments.WEEKEND:
            words = self.env._("Saturday %(start)s to Sunday %(stop)s", **hours)
        else:
            words = self.env._("%(start)s to %(stop)s", **hours)
        price = self.price.say(self.chosen, period)
        words = ", ".join(filter(None, [words[:1].upper() + words[1:], price]))
        return {"value": period, "name": names[period], "words": words}

    def _say_taken(self):
        """The hours of that day that are taken, set-up included: for other hours."""
        first = moments.to_moment(self.chosen, 0)
        last = moments.to_moment(self.chosen, moments.DAY_MINUTES)
        return [
            self.env._(
                "%(start)s to %(stop)s",
                start=self._say_hour(max(start, first)),
                stop=self._say_hour(min(stop, last)) if stop < last else self.env._("midnight"),
            )
            for start, stop in sorted(self.taken_by_others)
            if start < last and first < stop
        ]

    def _say_hour(self, moment):
        """ "9 h" rather than "9 h 00": most of these hours are whole."""
        local = clock.local_time(moment)
        if not local.minute:
            return self.env._("%(hour)s:00", hour=local.hour)
        return self.env["procedure.slot.booking"]._say_hour(moment)


def say_month(env, day):
    words = dates.say_day(env, day, "MMMM y")
    return words[:1].upper() + words[1:]


def read_day(value):
    """None of anything that is no day."""
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
