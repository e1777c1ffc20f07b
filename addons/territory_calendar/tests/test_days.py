"""What a day is. No database."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..tools.days import make_days

HOLIDAYS = [
    ("Hiver", date(2027, 2, 20), date(2027, 3, 7)),
    ("Été", date(2027, 7, 3), date(2027, 8, 31)),
]
KNOWN = (date(2027, 2, 20), date(2027, 8, 31))
CLOSED = [("Travaux", date(2027, 3, 15), date(2027, 3, 16))]


def find_day(day):
    return make_days(day, day, HOLIDAYS, CLOSED, KNOWN)[day]


@tagged("post_install", "-at_install")
class TestDays(unittest.TestCase):
    def test_each_kind_of_day(self):
        for day, has_school, is_off, reason in (
            (date(2027, 3, 12), True, False, ""),
            (date(2027, 3, 13), False, False, ""),  # Saturday
            (date(2027, 3, 1), False, False, "Hiver"),
            (date(2027, 3, 8), True, False, ""),
            (date(2027, 3, 15), False, True, "Travaux"),
            (date(2027, 3, 29), False, True, "Lundi de Pâques"),
            (date(2027, 5, 8), False, True, "Fête de la Victoire"),  # a Saturday too
            (date(2027, 7, 14), False, True, "Fête nationale"),  # in the holidays too
            (date(2027, 9, 1), None, False, ""),  # after the last that are known
            (date(2027, 2, 19), None, False, ""),
            (date(2027, 11, 11), False, True, "Armistice"),  # known by itself
            (date(2027, 9, 4), False, False, ""),
        ):
            with self.subTest(day):
                found = find_day(day)
                self.assertEqual(
                    (found.has_school, found.is_off, found.reason), (has_school, is_off, reason)
                )

    def test_the_leap_day(self):
        known = (date(2027, 9, 1), date(2028, 8, 31))
        days = make_days(date(2028, 2, 1), date(2028, 3, 31), [], [], known)
        self.assertIs(days[date(2028, 2, 29)].has_school, True)

    def test_nothing_is_known_of_what_is_not_published(self):
        day = date(2028, 3, 14)
        bridge = [("Pont", date(2029, 5, 11), date(2029, 5, 11))]
        (found,) = make_days(day, day, [*HOLIDAYS, *bridge], [], KNOWN).values()
        self.assertIsNone(found.has_school)

    @given(
        st.dates(date(2026, 1, 1), date(2028, 12, 31)),
        st.integers(0, 60),
        st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 40))),
    )
    def test_each_day_is_there_once_and_closed_when_a_row_says_so(self, first, length, rows):
        closed = [("x", start, start + timedelta(days=days)) for start, days in rows]
        last = first + timedelta(days=length)
        days = make_days(first, last, HOLIDAYS, closed, KNOWN)
        self.assertEqual(list(days), [first + timedelta(days=step) for step in range(length + 1)])
        for day, found in days.items():
            is_closed = any(start <= day <= end for _name, start, end in closed)
            self.assertEqual(bool(found.closed), is_closed)
            if is_closed:
                self.assertTrue(found.is_off)
                self.assertIs(found.has_school, False)
