from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..moments import DAY_MINUTES, Hours, NoRange, find_free_periods, find_range, to_moment

HOURS = Hours(9 * 60, 18 * 60, 18 * 60, 2 * 60)
SATURDAY = date(2026, 12, 12)
minutes = st.integers(0, DAY_MINUTES - 1)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


class TestMoments(BaseCase):
    def test_day_evening_and_week_end_by_the_clocks_of_here(self):
        self.assertEqual(
            find_range("day", SATURDAY, HOURS),
            (datetime(2026, 12, 12, 8), datetime(2026, 12, 12, 17)),
        )
        # In summer, two hours before UTC; until two o'clock in the night after.
        self.assertEqual(
            find_range("evening", date(2026, 7, 4), HOURS),
            (datetime(2026, 7, 4, 16), datetime(2026, 7, 5, 0)),
        )
        self.assertEqual(
            find_range("weekend", SATURDAY, HOURS),
            (datetime(2026, 12, 12, 8), datetime(2026, 12, 13, 17)),
        )

    def test_what_cannot_be_is_said(self):
        for code, asked in {
            "weekend": ("weekend", date(2026, 12, 11), HOURS),
            "hours": ("hours", SATURDAY, HOURS, None, 600),
            "backwards": ("hours", SATURDAY, HOURS, date(2026, 12, 11), 600, 700),
            "long": ("hours", SATURDAY, HOURS, date(2027, 1, 12), 600, 700),
        }.items():
            with self.subTest(code), self.assertRaises(NoRange) as refused:
                find_range(*asked)
            self.assertEqual(refused.exception.code, code)

    @given(days, minutes, minutes)
    def test_hours_end_within_a_day_and_its_change_of_clocks(self, day, start, stop):
        try:
            first, last = find_range("hours", day, HOURS, None, start, stop)
        except NoRange:
            # The hour that a night of March skips.
            self.assertLess(abs(start - stop), 61)
            return
        self.assertLess(first, last)
        self.assertLessEqual(last - first, timedelta(hours=25))

    def test_free_periods_count_the_set_up(self):
        nine, noon = (to_moment(SATURDAY, hour * 60) for hour in (9, 12))
        free = find_free_periods(SATURDAY, HOURS, (60, 60), [(nine, noon)])
        self.assertEqual(free, ["evening"])
        # The evening begins an hour sooner for its chairs.
        late = [(to_moment(SATURDAY, 16 * 60), to_moment(SATURDAY, 17 * 60 + 30))]
        self.assertEqual(find_free_periods(SATURDAY, HOURS, (60, 60), late), [])
        self.assertEqual(find_free_periods(SATURDAY, HOURS, (0, 0), late), ["evening"])
