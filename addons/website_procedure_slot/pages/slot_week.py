"""A week of slots, as a page shows it: days, hours, and why a day has none."""

from datetime import date, timedelta

from odoo import fields

from odoo.addons.procedure_slot import offer
from odoo.addons.procedure_slot.field_types import SLOT_TYPE
from odoo.addons.territory_base import clock, dates

WEEK = timedelta(days=7)
WORKDAYS = 5


class SlotWeek:
    """The week that is wanted, else that of what is chosen, else the first one with a free slot.

    :param question: the one that is answered, whose calendar is read in superuser mode
    :param slots: those that may be chosen, see `SlotType.find_offer`
    :param wanted: any day of the week, as the address or a button says it
    :param chosen: moment of the slot that is chosen, if any
    """

    def __init__(self, question, slots, wanted="", chosen=None):
        self.env = question.env
        self.booking = self.env["procedure.slot.booking"]
        self.slots = slots
        self.chosen = chosen
        self.now = fields.Datetime.now()
        calendar_sudo = question.sudo().slot_calendar_id
        self.rules = calendar_sudo._get_rules()
        self.exceptions_sudo = calendar_sudo.exception_ids
        self.first = get_monday(clock.local_day(self.now))
        self.last = get_monday(clock.local_day(self.now) + timedelta(days=self.rules.ahead))
        self.monday = max(self.first, min(self._choose(wanted), self.last))

    def _choose(self, wanted):
        day = read_day(wanted)
        if day:
            return get_monday(day)
        starts = [slot.start for slot in self.slots]
        if self.chosen in starts:
            return get_monday(clock.local_day(self.chosen))
        return get_monday(clock.local_day(starts[0])) if starts else self.first

    @property
    def former(self):
        return self.monday - WEEK if self.monday > self.first else None

    @property
    def following(self):
        return self.monday + WEEK if self.monday < self.last else None

    @property
    def shows_chosen(self):
        return self.chosen and get_monday(clock.local_day(self.chosen)) == self.monday

    @property
    def title(self):
        """Its days: "du 7 au 11 décembre"."""
        first, last = self.days[0], self.days[-1]
        first_words = dates.say_day(self.env, first["day"], "d MMMM")
        if first["month"] == last["month"]:
            first_words = first_words.removesuffix(f" {first['month']}")
        return self.env._(
            "from %(first)s to %(last)s",
            first=first_words,
            last=dates.say_day(self.env, last["day"], "d MMMM"),
        )

    @property
    def heading(self):
        return self.env._(
            "Week %(days)s (%(minutes)s minutes)", days=self.title, minutes=self.minutes
        )

    @property
    def minutes(self):
        """How long each lasts."""
        return (self.slots[0].stop - self.slots[0].start).seconds // 60 if self.slots else 0

    @property
    def first_free(self):
        """Of all that may be chosen: "lundi 7 décembre à 9 h 00"."""
        if not self.slots:
            return ""
        return self.say(self.slots[0])

    def say(self, slot):
        return self.env._(
            "%(day)s at %(hour)s",
            day=dates.say_day(self.env, clock.local_day(slot.start), "EEEE d MMMM"),
            hour=self.booking._say_hour(slot.start),
        )

    @property
    def days(self):
        """dict(day, name, month, hours, reason) of each; the week-end only where it may be open."""
        if not hasattr(self, "_days"):
            shown = set(range(WORKDAYS)) | offer.find_weekdays(self.rules)
            by_day = {}
            for slot in self.slots:
                by_day.setdefault(clock.local_day(slot.start), []).append(slot)
            days = [self.monday + timedelta(days=rank) for rank in range(7) if rank in shown]
            self._days = [self._prepare_day(day, by_day.get(day, ())) for day in days]
        return self._days

    def _prepare_day(self, day, slots):
        month = dates.say_day(self.env, day, "MMMM")
        # With its month, without which the first is "1" and not "1er".
        words = dates.say_day(self.env, day, "EEEE d MMMM")
        return {
            "day": day,
            "name": words.removesuffix(f" {month}").capitalize(),
            "month": month,
            "hours": [
                {
                    "value": str(SLOT_TYPE.to_id(slot.start)),
                    "label": self.booking._say_hour(slot.start),
                    "is_chosen": slot.start == self.chosen,
                }
                for slot in slots
            ],
            "reason": "" if slots else self._get_reason(day),
        }

    def _get_reason(self, day):
        reason = offer.find_reason(self.rules, day, self.now)
        if reason == "closed" and (note := self.exceptions_sudo._find_public_note(day)):
            return self.env._("Closed: %(reason)s", reason=note)
        return {
            "past": self.env._("Past"),
            "later": self.env._("Not open yet"),
            "closed": self.env._("Closed"),
            "none": self.env._("No appointment that day"),
            "soon": self.env._("Too late for that day"),
            "full": self.env._("Full"),
        }[reason]


def read_day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def get_monday(day):
    return day - timedelta(days=day.weekday())
