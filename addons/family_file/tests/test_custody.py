"""The weeks of a child. No database."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools.custody import OTHER, OTHER_HOLIDAYS, Custody

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
CUSTODIES = st.builds(
    lambda rhythm, start, holidays: Custody(
        rhythm, start if rhythm == "every_other" else None, holidays
    ),
    st.sampled_from(sorted(OTHER)),
    DAYS,
    st.sampled_from(sorted(OTHER_HOLIDAYS)),
)
NOEL = (date(2026, 12, 19), date(2027, 1, 3))  # 16 days
WINTER = (date(2027, 2, 20), date(2027, 3, 7))
SUMMER = (date(2026, 7, 4), date(2026, 8, 31))  # 59 days


@tagged("post_install", "-at_install")
class TestCustody(unittest.TestCase):
    def test_dated_cases(self):
        for custody, day, holiday, expected in (
            (Custody("always"), date(2026, 11, 25), None, True),
            (Custody("never"), date(2026, 11, 25), None, False),
            (Custody("varies"), date(2026, 11, 25), None, None),
            # Week 48, then 49.
            (Custody("even"), date(2026, 11, 29), None, True),
            (Custody("even"), date(2026, 11, 30), None, False),
            # 2026 has a week 53: two odd weeks follow one another.
            (Custody("odd"), date(2026, 12, 28), None, True),
            (Custody("odd"), date(2027, 1, 4), None, True),
            (Custody("even"), date(2027, 1, 11), None, True),
            # A week out of two takes no notice of it.
            (Custody("every_other", date(2026, 12, 21)), date(2026, 12, 27), None, True),
            (Custody("every_other", date(2026, 12, 21)), date(2026, 12, 28), None, False),
            (Custody("every_other", date(2026, 12, 21)), date(2027, 1, 4), None, True),
            # From a Friday to a Thursday, and before the day that was given.
            (Custody("every_other", date(2026, 11, 27)), date(2026, 12, 3), None, True),
            (Custody("every_other", date(2026, 11, 27)), date(2026, 12, 4), None, False),
            (Custody("every_other", date(2026, 11, 27)), date(2026, 11, 26), None, False),
            (Custody("every_other", date(2026, 11, 27)), date(2026, 11, 19), None, True),
            # Both changes of hour change nothing.
            (Custody("every_other", date(2026, 10, 19)), date(2026, 10, 25), None, True),
            (Custody("every_other", date(2028, 2, 28)), date(2028, 2, 29), None, True),
            # Halves: the year is that in which the holidays begin.
            (Custody("even", None, "first_even"), date(2026, 12, 26), NOEL, True),
            (Custody("even", None, "first_even"), date(2026, 12, 27), NOEL, False),
            (Custody("even", None, "first_even"), date(2027, 1, 3), NOEL, False),
            (Custody("even", None, "second_even"), date(2027, 1, 3), NOEL, True),
            (Custody("even", None, "first_even"), date(2027, 2, 20), WINTER, False),
            (Custody("even", None, "first_even"), date(2027, 3, 7), WINTER, True),
            (Custody("always", None, "first_even"), date(2026, 8, 2), SUMMER, True),
            (Custody("always", None, "first_even"), date(2026, 8, 3), SUMMER, False),
            (Custody("always", None, "never"), date(2026, 8, 1), SUMMER, False),
            (Custody("never", None, "always"), date(2026, 8, 1), SUMMER, True),
            (Custody("varies", None, "always"), date(2026, 8, 1), SUMMER, True),
        ):
            with self.subTest(custody=custody, day=day):
                self.assertIs(custody.find(day, holiday), expected)

    @given(CUSTODIES, DAYS, st.one_of(st.none(), st.tuples(st.integers(0, 30), st.integers(0, 30))))
    def test_a_child_is_with_one_parent_and_one_only(self, custody, day, around):
        """When both say the same, each in her words."""
        before, after = around or (0, 0)
        holiday = around and (day - timedelta(days=before), day + timedelta(days=after))
        one, other = custody.find(day, holiday), custody.get_other().find(day, holiday)
        if one is None:
            self.assertIsNone(other)
        else:
            self.assertIs(one, not other)
        self.assertEqual(custody.get_other().get_other().find(day, holiday), one)

    @given(DAYS, DAYS)
    def test_a_week_out_of_two_lasts_seven_days(self, start, day):
        custody = Custody("every_other", start)
        self.assertTrue(custody.find(start))
        weeks = [custody.find(day + timedelta(days=7 * step)) for step in range(8)]
        self.assertEqual(weeks, [weeks[0], not weeks[0]] * 4)

    @given(DAYS, st.integers(0, 70))
    def test_halves_of_the_holidays_differ_by_a_day_at_most(self, first, length):
        holiday = (first, first + timedelta(days=length))
        custody = Custody("always", None, "first_even")
        days = [custody.find(first + timedelta(days=step), holiday) for step in range(length + 1)]
        changes = sum(one != other for one, other in zip(days, days[1:], strict=False))
        self.assertLessEqual(changes, 1)
        self.assertLessEqual(abs(days.count(True) - days.count(False)), 1)
