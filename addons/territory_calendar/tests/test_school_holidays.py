"""What the library says, as we read it. No database."""

import unittest
from datetime import date

from odoo.tests import tagged

from ..tools.school_holidays import ZONES, get_school_year, list_periods

# Arrêté of 7 December 2022 (school years 2024 to 2026) and that of 2026-2027, zone B.
PUBLISHED = {
    "Vacances de la Toussaint": (date(2026, 10, 17), date(2026, 11, 1)),
    "Vacances de Noël": (date(2026, 12, 19), date(2027, 1, 3)),
    "Vacances d’hiver": (date(2027, 2, 20), date(2027, 3, 7)),
    "Vacances de printemps": (date(2027, 4, 17), date(2027, 5, 2)),
    "Pont de l’Ascension": (date(2027, 5, 6), date(2027, 5, 8)),
    "Vacances d’été": (date(2027, 7, 3), date(2027, 8, 31)),
}


@tagged("post_install", "-at_install")
class TestSchoolHolidays(unittest.TestCase):
    def test_a_school_year_of_zone_b(self):
        found = {
            period.name: (period.first, period.last)
            for period in list_periods("B")
            if period.key.startswith("2026-2027")
        }
        self.assertEqual(found, PUBLISHED)

    def test_the_summer_belongs_to_the_year_that_it_ends(self):
        for day, year in (
            (date(2026, 8, 31), "2025-2026"),
            (date(2026, 9, 1), "2026-2027"),
            (date(2027, 1, 1), "2026-2027"),
        ):
            with self.subTest(day):
                self.assertEqual(get_school_year(day), year)

    def test_periods_of_a_zone_follow_one_another_and_have_one_key_each(self):
        for zone in ZONES:
            periods = list_periods(zone)
            with self.subTest(zone):
                self.assertTrue(
                    all(
                        one.last < other.first
                        for one, other in zip(periods, periods[1:], strict=False)
                    )
                )
                recent = [period.key for period in periods if period.first.year >= 2020]
                self.assertEqual(len(recent), len(set(recent)))
