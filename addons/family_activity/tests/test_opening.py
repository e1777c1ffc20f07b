"""Whether a slot is open on a day, and why not. No database."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.territory_base.tests.sweep import sweep
from odoo.addons.territory_calendar.tools.days import make_days

from ..tools.opening import HOLIDAY, NEVER, Pattern, Period

HOLIDAYS = [
    ("Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
    ("Hiver", date(2027, 2, 20), date(2027, 3, 7)),
    ("Été", date(2027, 7, 3), date(2027, 8, 31)),
]
KNOWN = (HOLIDAYS[0][1], HOLIDAYS[-1][2])
# Written by hand, after the last ones that are published.
BRIDGE = ("Pont", date(2028, 5, 26), date(2028, 5, 26))
CLOSED = [("Grève", date(2027, 3, 15), date(2027, 3, 16))]
ALWAYS = Period()
MONDAY, SATURDAY = (Pattern(day, ALWAYS, ALWAYS) for day in ("0", "5"))
EACH_DAY = Pattern(HOLIDAY, ALWAYS, ALWAYS)
WORKS = Pattern(
    "0",
    Period(date(2027, 1, 4), date(2027, 6, 28)),
    Period(date(2027, 1, 11), None),
    (Period(date(2027, 4, 5), date(2027, 4, 19), "Travaux"),),
)


def make_day(day):
    return make_days(day, day, [*HOLIDAYS, BRIDGE], CLOSED, KNOWN)[day]


@tagged("post_install", "-at_install")
class TestOpening(unittest.TestCase):
    def test_dated_cases(self):
        for pattern, day, is_due, closing in (
            (MONDAY, date(2027, 3, 8), True, (None, "")),
            (MONDAY, date(2027, 3, 9), False, ("slot", "")),
            (MONDAY, date(2027, 3, 1), False, ("calendar", "Hiver")),
            (MONDAY, date(2027, 3, 15), True, ("calendar", "Grève")),
            (MONDAY, date(2027, 3, 29), False, ("calendar", "Lundi de Pâques")),
            (MONDAY, date(2027, 9, 6), None, (None, "")),
            (SATURDAY, date(2027, 3, 13), True, (None, "")),
            (EACH_DAY, date(2027, 3, 1), True, (None, "")),
            (EACH_DAY, date(2027, 3, 8), False, ("calendar", "")),
            (EACH_DAY, date(2027, 2, 27), False, ("slot", "")),
            (EACH_DAY, date(2027, 7, 14), False, ("calendar", "Fête nationale")),
            (EACH_DAY, date(2027, 9, 6), None, (None, "")),
            (EACH_DAY, date(2028, 5, 26), True, (None, "")),
            (Pattern("4", ALWAYS, ALWAYS), date(2028, 5, 26), False, ("calendar", "Pont")),
            (Pattern("4", ALWAYS, ALWAYS), date(2028, 5, 19), None, (None, "")),
            (WORKS, date(2027, 1, 4), False, ("site", "")),
            (WORKS, date(2027, 1, 11), True, (None, "")),
            (WORKS, date(2027, 4, 5), True, ("site", "Travaux")),
            (WORKS, date(2027, 4, 19), True, ("site", "Travaux")),
            (WORKS, date(2027, 4, 26), True, (None, "")),
            (WORKS, date(2027, 6, 28), True, (None, "")),
            (WORKS, date(2027, 7, 5), False, ("slot", "")),
            (Pattern("0", NEVER, ALWAYS), date(2027, 3, 8), False, ("slot", "")),
            (Pattern("0", ALWAYS, NEVER), date(2027, 3, 8), False, ("site", "")),
        ):
            with self.subTest(pattern, day=day):
                self.assertIs(pattern.is_due(make_day(day)), is_due)
                self.assertEqual(pattern.find_closing(make_day(day)), closing)

    @sweep("machines")
    @given(st.dates(date(2026, 10, 17), date(2027, 8, 31)), st.sampled_from("01234"))
    def test_a_day_is_of_the_week_or_of_the_holidays_never_of_both(self, day, weekday):
        found = make_day(day)
        pattern = Pattern(weekday, ALWAYS, ALWAYS)
        self.assertFalse(pattern.is_due(found) and EACH_DAY.is_due(found))

    @given(
        st.dates(date(2026, 1, 1), date(2028, 12, 31)),
        st.sampled_from([*"0123456", HOLIDAY]),
        st.integers(-9, 9),
        st.integers(-9, 9),
    )
    @sweep("machines")
    def test_what_is_open_was_due_or_is_not_known(self, day, weekday, before, after):
        slot = Period(day + timedelta(days=before), day + timedelta(days=after))
        pattern = Pattern(weekday, slot, ALWAYS)
        found = make_day(day)
        cause, _reason = pattern.find_closing(found)
        if not cause:
            self.assertIn(pattern.is_due(found), (True, None))
        if pattern.is_due(found):
            self.assertIn(cause, (None, "calendar"))
