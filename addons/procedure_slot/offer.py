"""The slots that a calendar offers, free or not. Pure Python: no database, no clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from odoo.addons.procedure.delays import ZONE, local_day


@dataclass(frozen=True)
class Opening:
    """Hours of one day of the week; `begin` and `end` in minutes since midnight."""

    weekday: int
    begin: int
    end: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Exceptional:
    """Days that are not as usual: "closed", "hours" (instead of those of the week), "capacity"."""

    kind: str
    first: date
    last: date
    begin: int = 0
    end: int = 0
    capacity: int = 0


@dataclass(frozen=True)
class Rules:
    """What a calendar says; `length` in minutes, `notice` in hours, `ahead` in days."""

    length: int
    capacity: int = 1
    openings: tuple = ()
    exceptions: tuple = ()
    notice: int = 0
    ahead: int = 60


@dataclass(frozen=True)
class Slot:
    """Naive datetimes in UTC."""

    start: datetime
    stop: datetime
    capacity: int


def find_slots(rules, now):
    """The slots that may be taken at this moment, were they free: in their order, none overlaps
    another one.

    :param now: a naive datetime in UTC
    """
    earliest = now + timedelta(hours=rules.notice)
    day, last = local_day(earliest), local_day(now) + timedelta(days=rules.ahead)
    found = []
    while day <= last:
        found += [slot for slot in find_slots_of(rules, day) if slot.start >= earliest]
        day += timedelta(days=1)
    return found


def find_slots_of(rules, day):
    """The slots of one day, whatever the hour now."""
    exceptions = _find_exceptions(rules, day)
    capacity = find_capacity(rules, day)
    if capacity <= 0 or rules.length <= 0:
        return []
    slots = []
    for begin, end in _find_hours(rules, exceptions, day):
        for minute in range(begin, end - rules.length + 1, rules.length):
            slot = _make_slot(day, minute, rules.length, capacity)
            if slot and (not slots or slot.start >= slots[-1].stop):
                slots.append(slot)
    return slots


def find_capacity(rules, day):
    """How many places each slot of this day has, were it open."""
    capacity = rules.capacity
    for each in _find_exceptions(rules, day):
        if each.kind == "capacity":
            capacity = each.capacity
    return capacity


def _find_exceptions(rules, day):
    return [each for each in rules.exceptions if each.first <= day <= each.last]


def _find_hours(rules, exceptions, day):
    """(begin, end) of this day, in their order."""
    if any(each.kind == "closed" for each in exceptions):
        return []
    hours = [(each.begin, each.end) for each in exceptions if each.kind == "hours"]
    return sorted(
        hours
        or (
            (each.begin, each.end)
            for each in rules.openings
            if each.weekday == day.weekday()
            and (not each.first or each.first <= day)
            and (not each.last or day <= each.last)
        )
    )


def _make_slot(day, minute, length, capacity):
    """None when a change of the clocks falls in it, or skips it. Of an hour that comes twice, only
    the first is offered: on paper, both would read the same."""
    start, stop = _to_utc(day, minute), _to_utc(day, minute + length)
    if not start or not stop or stop - start != timedelta(minutes=length):
        return None
    return Slot(start, stop, capacity)


def _to_utc(day, minute):
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=ZONE).astimezone(UTC)
    exists = moment.astimezone(ZONE).replace(tzinfo=None) == wall
    return moment.replace(tzinfo=None) if exists else None
