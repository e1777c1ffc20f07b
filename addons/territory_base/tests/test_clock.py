"""Which day and hour it is in the territory. No database."""

import unittest
from datetime import UTC, date, datetime, time, timedelta

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.territory_base import clock


class TestClock(unittest.TestCase):
    @given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
    def test_the_day_is_that_of_the_territory(self, moment):
        day = clock.local_day(moment)
        self.assertLessEqual(moment, clock.end_of_day(day) + timedelta(seconds=1))
        self.assertGreater(moment, clock.end_of_day(day - timedelta(days=1)))

    def test_years_ago(self):
        for moment, years, then in (
            ("2026-12-31 23:05", 18, date(2009, 1, 1)),
            ("2028-02-29 10:00", 18, date(2010, 2, 28)),
            ("2028-02-29 10:00", 4, date(2024, 2, 29)),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(clock.years_ago(years), then)

    def test_the_end_and_the_middle_of_a_day_there(self):
        for day, end, noon in (
            (date(2026, 7, 14), datetime(2026, 7, 14, 21, 59, 59), datetime(2026, 7, 14, 10)),
            (date(2026, 12, 31), datetime(2026, 12, 31, 22, 59, 59), datetime(2026, 12, 31, 11)),
        ):
            with self.subTest(day):
                self.assertEqual(clock.end_of_day(day), end)
                self.assertEqual(clock.midday(day), noon)
                self.assertEqual(clock.local_day(end.replace(tzinfo=UTC)), day)

    def test_an_hour_of_a_day_there(self):
        for day, hour, expected in (
            (date(2026, 7, 14), time(8, 30), datetime(2026, 7, 14, 6, 30, tzinfo=UTC)),
            (date(2026, 12, 31), time(8, 30), datetime(2026, 12, 31, 7, 30, tzinfo=UTC)),
            # The clocks change: this hour is skipped, that one comes twice.
            (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
            (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ):
            with self.subTest(day):
                self.assertEqual(clock.at(day, hour).astimezone(UTC), expected)
        self.assertEqual(clock.at(date(2026, 3, 29), time(2, 30)).hour, 3)

    def test_today_begins_at_midnight_there(self):
        for moment, day in (
            ("2026-07-13 21:59:59", date(2026, 7, 13)),
            ("2026-07-13 22:00:00", date(2026, 7, 14)),
            ("2026-12-31 23:00:00", date(2027, 1, 1)),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(clock.today(), day)
