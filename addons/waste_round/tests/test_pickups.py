"""The days of a round, for any round and any shift."""

import unittest
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.territory_base import bank_holidays

from ..tools.pickups import SHIFT_DAYS_MAX, Rhythm, find_pickups, find_usual_days
from ..tools.shifts import SUNDAY, propose_shifts

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
RHYTHMS = st.builds(
    Rhythm,
    weekday=st.integers(0, 6),
    frequency=st.sampled_from(["weekly", "even", "odd", "fortnight"]),
    start=st.dates(date(2025, 1, 1), date(2027, 6, 30)),
    end=st.none() | st.dates(date(2027, 7, 1), date(2028, 12, 31)),
)
STEPS = st.integers(-SHIFT_DAYS_MAX, SHIFT_DAYS_MAX).filter(bool)


@st.composite
def shifts(draw):
    """Days of the year, each moved by one to three days, or without collection."""
    found = draw(st.dictionaries(st.dates(*YEAR), st.none() | STEPS, max_size=60))
    return {day: step and day + timedelta(days=step) for day, step in found.items()}


@tagged("post_install", "-at_install")
class TestPickups(unittest.TestCase):
    @given(RHYTHMS, shifts())
    @settings(max_examples=200)
    def test_each_day_of_a_year_is_of_its_weekday_or_its_shift(self, rhythm, moved):
        for pickup in find_pickups(rhythm, moved, *YEAR):
            self.assertEqual(pickup.usual.weekday(), rhythm.weekday)
            self.assertEqual(pickup.day, moved.get(pickup.usual, pickup.usual))
            self.assertEqual(pickup.is_moved, pickup.day not in (None, pickup.usual))

    @given(RHYTHMS, shifts())
    @settings(max_examples=200)
    def test_none_twice_and_none_lost(self, rhythm, moved):
        first, last = YEAR
        wide = (first - timedelta(days=30), last + timedelta(days=30))
        found = find_pickups(rhythm, moved, *wide)
        days = [pickup.day for pickup in found if pickup.day]
        self.assertEqual(len(days), len(set(days)))
        self.assertEqual(days, sorted(days))
        usual = find_usual_days(rhythm, *wide)
        self.assertLessEqual(set(usual), {pickup.usual for pickup in found})
        # Of a year, what is not collected is what was said to be.
        lost = {pickup.usual for pickup in found if not pickup.day}
        self.assertEqual(lost, {day for day in usual if day in moved and not moved[day]})

    @given(RHYTHMS, shifts(), st.dates(*YEAR))
    def test_two_halves_make_the_year(self, rhythm, moved, cut):
        first, last = YEAR
        halves = find_pickups(rhythm, moved, first, cut) + find_pickups(
            rhythm, moved, cut + timedelta(days=1), last
        )
        self.assertEqual(halves, find_pickups(rhythm, moved, first, last))

    @given(RHYTHMS, DAYS)
    @settings(max_examples=200)
    def test_a_rhythm_says_of_each_day_whether_it_is_one(self, rhythm, day):
        is_in = rhythm.start <= day and (not rhythm.end or day <= rhythm.end)
        weeks = (day - rhythm.start).days // 7
        is_week = {
            "weekly": True,
            "even": day.isocalendar().week % 2 == 0,
            "odd": day.isocalendar().week % 2 == 1,
            "fortnight": weeks % 2 == 0,
        }[rhythm.frequency]
        expected = is_in and day.weekday() == rhythm.weekday and is_week
        self.assertEqual(find_usual_days(rhythm, day, day), [day] if expected else [])

    def test_odd_weeks_of_a_long_year(self):
        """2026 has 53 weeks: its last one and the first of 2027 are both odd."""
        rhythm = Rhythm(0, "odd", date(2026, 1, 1))
        days = find_usual_days(rhythm, date(2026, 12, 21), date(2027, 1, 11))
        self.assertEqual(days, [date(2026, 12, 28), date(2027, 1, 4)])


@tagged("post_install", "-at_install")
class TestBankHolidays(unittest.TestCase):
    def test_eleven_days_in_french(self):
        found = dict(bank_holidays.list_days(2027))
        self.assertEqual(len(found), 11)
        self.assertEqual(found[date(2027, 3, 29)], "Lundi de Pâques")
        self.assertEqual(found[date(2027, 5, 6)], "Ascension")

    def test_the_rest_of_a_week_is_a_day_later(self):
        off = {date(2027, 5, 6)}
        self.assertEqual(
            propose_shifts(date(2027, 5, 6), "week", off),
            [(date(2027, 5, 6), date(2027, 5, 7)), (date(2027, 5, 7), date(2027, 5, 8))],
        )

    @given(st.integers(2000, 2100), st.sampled_from(["week", "next", "none"]))
    def test_nobody_collects_on_a_holiday(self, year, operation):
        """Of any year, each usual day of a round is proposed once at most on each day."""
        off = {day for each in (year, year + 1) for day, _name in bank_holidays.list_days(each)}
        for day, _name in bank_holidays.list_days(year):
            if day.weekday() == SUNDAY:
                continue
            proposed = propose_shifts(day, operation, off)
            self.assertEqual(proposed[0][0], day)
            for usual, moved in proposed:
                if moved:
                    self.assertNotIn(moved, off)
                    self.assertNotEqual(moved.weekday(), SUNDAY)
                    self.assertLessEqual((moved - usual).days, SHIFT_DAYS_MAX)
