"""The slots that a calendar offers, free or not. Pure Python: no database, no clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from odoo.addons.territory_base import clock


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
    day, last = clock.local_day(earliest), clock.local_day(now) + timedelta(days=rules.ahead)
    found = []
    while day <= last:
        found += [slot for slot in find_slots_of(rules, day) if slot.start >= earliest]
        day += timedelta(days=1)
    return found


def find_run(slots, start, count=1):
    """The slots in a row, each beginning when the one before ends, from this moment; else none."""
    index = next((index for index, slot in enumerate(slots) if slot.start == start), None)
    if index is None or count < 1:
        return []
    run = slots[index : index + count]
    is_whole = len(run) == count and all(
        before.stop == after.start for before, after in pairwise(run)
    )
    return run if is_whole else []


def join_runs(slots, count):
    """One slot for each place where as many follow each other, as long as all of them."""
    if count <= 1:
        return list(slots)
    # How many follow each other up to this one.
    length, joined = 0, []
    for index, slot in enumerate(slots):
        length = length + 1 if length and slots[index - 1].stop == slot.start else 1
        if length >= count:
            run = slots[index - count + 1 : index + 1]
            capacity = min(each.capacity for each in run)
            joined.append(Slot(run[0].start, slot.stop, capacity))
    return joined


def find_reason(rules, day, now):
    """Why no slot of this day can be chosen: "past", "later" (not open yet), "closed", "none" (no
    hours), "soon" (the notice), else "full".

    :param now: a naive datetime in UTC
    """
    today = clock.local_day(now)
    if day < today:
        return "past"
    if day > today + timedelta(days=rules.ahead):
        return "later"
    if any(each.kind == "closed" for each in _find_exceptions(rules, day)):
        return "closed"
    slots = find_slots_of(rules, day)
    if not slots:
        return "none"
    earliest = now + timedelta(hours=rules.notice)
    return "full" if slots[-1].start >= earliest else "soon"


def find_weekdays(rules):
    """The days of the week on which it may be open, for what lays a week out."""
    usual = {opening.weekday for opening in rules.openings}
    return usual | {
        (each.first + timedelta(days=more)).weekday()
        for each in rules.exceptions
        if each.kind == "hours"
        for more in range(min((each.last - each.first).days + 1, 7))
    }


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
    moment = wall.replace(tzinfo=clock.ZONE).astimezone(UTC)
    exists = moment.astimezone(clock.ZONE).replace(tzinfo=None) == wall
    return moment.replace(tzinfo=None) if exists else None
