"""Which slots a calendar offers: no database."""

import unittest
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.procedure_slot.offer import (
    Exceptional,
    Opening,
    Rules,
    find_reason,
    find_run,
    find_slots,
    find_slots_of,
    find_weekdays,
    join_runs,
)
from odoo.addons.territory_base import clock

some = settings(max_examples=80)
TUESDAY = date(2026, 3, 24)
MORNING = Opening(1, 9 * 60, 12 * 60)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from([SPRING, AUTUMN])
hours = st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda pair: pair[0] < pair[1])
openings = st.builds(
    lambda weekday, pair, first: Opening(weekday, *pair, first),
    st.integers(0, 6),
    hours,
    st.none() | days,
)
exceptions = st.builds(
    lambda kind, first, length, pair, capacity: Exceptional(
        kind, first, first + timedelta(days=length), *pair, capacity
    ),
    st.sampled_from(["closed", "hours", "capacity"]),
    days,
    st.integers(0, 9),
    hours,
    st.integers(0, 3),
)
all_rules = st.builds(
    Rules,
    length=st.integers(5, 300),
    capacity=st.integers(1, 4),
    openings=st.lists(openings, max_size=6).map(tuple),
    exceptions=st.lists(exceptions, max_size=4).map(tuple),
    notice=st.integers(0, 72),
    ahead=st.integers(1, 12),
)
moments = st.builds(
    lambda day, minute: datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute),
    days,
    st.integers(0, 1439),
)


def said(slots):
    """By the clocks on the wall."""
    return [f"{clock.local_time(slot.start):%H:%M}" for slot in slots]


class TestOffer(unittest.TestCase):
    @some
    @given(all_rules, moments)
    def test_slots_never_overlap_nor_read_the_same(self, rules, now):
        slots = find_slots(rules, now)
        for slot, following in zip(slots, slots[1:], strict=False):
            self.assertLessEqual(slot.stop, following.start)
        words = [clock.local_time(slot.start).replace(tzinfo=None) for slot in slots]
        self.assertEqual(len(words), len(set(words)))
        self.assertEqual(words, sorted(words))

    @some
    @given(all_rules, moments)
    def test_slots_are_whole_in_their_hours_and_dates(self, rules, now):
        for slot in find_slots(rules, now):
            self.assertEqual(slot.stop - slot.start, timedelta(minutes=rules.length))
            self.assertGreaterEqual(slot.start, now + timedelta(hours=rules.notice))
            start, stop = clock.local_time(slot.start), clock.local_time(slot.stop)
            # The clocks show the length that was promised, and that moment exists.
            wall = stop.replace(tzinfo=None) - start.replace(tzinfo=None)
            self.assertEqual(wall, timedelta(minutes=rules.length))
            self.assertEqual(start.astimezone(UTC).astimezone(clock.ZONE), start)
            day = start.date()
            self.assertLessEqual(day, clock.local_time(now).date() + timedelta(days=rules.ahead))
            minute = start.hour * 60 + start.minute
            today = [each for each in rules.exceptions if each.first <= day <= each.last]
            self.assertNotIn("closed", [each.kind for each in today])
            changed = [each for each in today if each.kind == "hours"]
            usual = [each for each in rules.openings if each.weekday == day.weekday()]
            self.assertTrue(
                any(
                    each.begin <= minute and minute + rules.length <= each.end
                    for each in changed or usual
                )
            )

    @some
    @given(all_rules, moments)
    def test_what_is_offered_today_was_offered_yesterday(self, rules, now):
        """Notice and horizon cut the list and move nothing: a slot in a form is still one."""
        before = {slot.start for slot in find_slots(rules, now - timedelta(minutes=7))}
        last = clock.local_time(now - timedelta(minutes=7)).date() + timedelta(days=rules.ahead)
        for slot in find_slots(rules, now):
            if clock.local_time(slot.start).date() <= last:
                self.assertIn(slot.start, before)

    def test_nothing_is_offered_that_would_end_after_closing(self):
        rules = Rules(25, openings=(Opening(1, 540, 600),))
        self.assertEqual(said(find_slots_of(rules, TUESDAY)), ["09:00", "09:25"])

    def test_several_in_a_row_follow_each_other(self):
        """A pause, or a slot that somebody has, cuts them."""
        rules = Rules(20, openings=(Opening(1, 540, 600), Opening(1, 620, 660)))
        slots = find_slots_of(rules, TUESDAY)
        self.assertEqual(said(join_runs(slots, 2)), ["09:00", "09:20", "10:20"])
        self.assertEqual(said(join_runs(slots, 3)), ["09:00"])
        self.assertEqual(join_runs(slots, 3)[0].stop, slots[2].stop)
        self.assertEqual(join_runs(slots, 4), [])
        self.assertEqual(said(join_runs(slots[:1] + slots[2:], 2)), ["10:20"])
        for count in (1, 2, 3):
            runs = [find_run(slots, slot.start, count) for slot in join_runs(slots, count)]
            self.assertTrue(all(len(run) == count for run in runs))
        self.assertEqual(find_run(slots, slots[2].start, 2), [])

    def test_several_in_a_row_in_the_night_when_clocks_change(self):
        """In spring two hours of the clock follow each other; in autumn the hour that comes twice
        is one that nobody is offered, and nothing follows over it."""
        night = Rules(30, openings=(Opening(6, 60, 240),))
        self.assertEqual(said(join_runs(find_slots_of(night, SPRING), 2)), ["03:00"])
        self.assertEqual(
            said(join_runs(find_slots_of(night, AUTUMN), 2)), ["01:00", "01:30", "03:00"]
        )

    def test_the_night_when_clocks_jump(self):
        night = Opening(6, 60, 240)
        self.assertEqual(
            said(find_slots_of(Rules(30, openings=(night,)), SPRING)),
            ["01:00", "03:00", "03:30"],
        )
        # One that the change would cut is not offered either.
        self.assertEqual(said(find_slots_of(Rules(60, openings=(night,)), SPRING)), ["03:00"])

    def test_the_night_when_an_hour_comes_twice(self):
        slots = find_slots_of(Rules(30, openings=(Opening(6, 60, 240),)), AUTUMN)
        self.assertEqual(said(slots), ["01:00", "01:30", "02:00", "03:00", "03:30"])
        self.assertEqual(len({slot.start for slot in slots}), 5)

    def test_days_that_are_not_as_usual(self):
        def on(*exceptions):
            rules = Rules(60, capacity=2, openings=(MORNING,), exceptions=exceptions)
            slots = find_slots_of(rules, TUESDAY)
            return said(slots), [slot.capacity for slot in slots]

        week = ["09:00", "10:00", "11:00"]
        closed = Exceptional("closed", TUESDAY, TUESDAY)
        late = Exceptional("hours", TUESDAY, TUESDAY, 17 * 60, 18 * 60)
        alone = Exceptional("capacity", TUESDAY, TUESDAY, capacity=1)
        nobody = Exceptional("capacity", TUESDAY, TUESDAY, capacity=0)
        eve = TUESDAY - timedelta(days=1)
        self.assertEqual(on(), (week, [2, 2, 2]))
        self.assertEqual(on(closed, late), ([], []))
        self.assertEqual(on(late), (["17:00"], [2]))
        self.assertEqual(on(alone), (week, [1, 1, 1]))
        self.assertEqual(on(nobody), ([], []))
        self.assertEqual(on(Exceptional("closed", eve, eve)), (week, [2, 2, 2]))

    def test_why_a_day_has_nothing_to_choose(self):
        wednesday = TUESDAY + timedelta(days=1)
        closed = Exceptional("closed", TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=7))
        rules = Rules(60, openings=(MORNING,), exceptions=(closed,), notice=2, ahead=20)

        def why(day, hour=0):
            return find_reason(rules, day, datetime(2026, 3, 24, hour))

        self.assertEqual(why(TUESDAY - timedelta(days=1)), "past")
        self.assertEqual(why(wednesday), "none")
        self.assertEqual(why(TUESDAY + timedelta(days=7)), "closed")
        self.assertEqual(why(TUESDAY + timedelta(days=21)), "later")
        self.assertEqual(why(TUESDAY), "full")
        # At 10:00 here the last hour begins in one.
        self.assertEqual(why(TUESDAY, 9), "soon")

    def test_a_week_shows_the_days_that_may_be_open(self):
        saturday = date(2026, 3, 28)
        once = Exceptional("hours", saturday, saturday, 540, 600)
        shut = Exceptional("closed", saturday + timedelta(days=1), saturday + timedelta(days=1))
        self.assertEqual(find_weekdays(Rules(20, openings=(MORNING,))), {1})
        rules = Rules(20, openings=(MORNING,), exceptions=(once, shut))
        self.assertEqual(find_weekdays(rules), {1, 5})

    def test_hours_are_valid_for_a_time(self):
        summer = Opening(1, 540, 600, TUESDAY + timedelta(days=1), None)
        self.assertEqual(find_slots_of(Rules(60, openings=(summer,)), TUESDAY), [])
        until = Opening(1, 540, 600, None, TUESDAY)
        self.assertEqual(len(find_slots_of(Rules(60, openings=(until,)), TUESDAY)), 1)
        self.assertEqual(
            find_slots_of(Rules(60, openings=(until,)), TUESDAY + timedelta(days=7)), []
        )
