"""Days, as the territory counts them. No database."""

import unittest
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.procedure import delays

SETTINGS = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


class TestDelays(unittest.TestCase):
    @SETTINGS
    @given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
    def test_the_day_is_that_of_the_territory(self, moment):
        day = delays.local_day(moment)
        self.assertLessEqual(moment, delays.end_of_day(day) + timedelta(seconds=1))
        self.assertGreater(moment, delays.end_of_day(day - timedelta(days=1)))

    def test_the_end_of_a_day_here(self):
        for day, utc in (
            (date(2026, 7, 14), datetime(2026, 7, 14, 21, 59, 59)),
            (date(2026, 12, 31), datetime(2026, 12, 31, 22, 59, 59)),
        ):
            with self.subTest(day):
                self.assertEqual(delays.end_of_day(day), utc)
                self.assertEqual(delays.local_day(utc.replace(tzinfo=UTC)), day)

    def test_the_next_working_day(self):
        for day, working in (
            (date(2026, 12, 24), date(2026, 12, 24)),
            (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, then a week-end
            (date(2026, 12, 26), date(2026, 12, 28)),  # not a day off here: it is a Saturday
            (date(2027, 3, 29), date(2027, 3, 30)),  # Easter Monday
            (date(2027, 5, 6), date(2027, 5, 7)),  # Ascension: one day, then a Friday
        ):
            with self.subTest(day):
                self.assertEqual(delays.next_working_day(day), working)
