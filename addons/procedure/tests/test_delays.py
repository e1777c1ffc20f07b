"""Working days, as the territory counts them. No database."""

import unittest
from datetime import date

from odoo.addons.procedure import delays


class TestDelays(unittest.TestCase):
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
