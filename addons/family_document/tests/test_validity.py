from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.validity import add_months, find_school_years


@tagged("post_install", "-at_install")
class TestValidity(BaseCase):
    def test_a_school_year_ends_on_31_august(self):
        for day, ends in (
            ((2026, 9, 1), [(2027, 8, 31)]),
            ((2026, 12, 31), [(2027, 8, 31)]),
            ((2027, 1, 1), [(2027, 8, 31)]),
            ((2027, 6, 30), [(2027, 8, 31)]),
            # The holiday centre asks for this year, the school for the next one.
            ((2027, 7, 1), [(2028, 8, 31), (2027, 8, 31)]),
            ((2027, 8, 31), [(2028, 8, 31), (2027, 8, 31)]),
            ((2028, 2, 29), [(2028, 8, 31)]),
        ):
            with self.subTest(day=day):
                self.assertEqual(find_school_years(date(*day)), [date(*end) for end in ends])

    def test_months_end_on_the_last_day_of_a_short_one(self):
        for day, months, end in (
            ((2026, 11, 30), 3, (2027, 2, 28)),
            ((2027, 11, 30), 3, (2028, 2, 29)),
            ((2028, 2, 29), 12, (2029, 2, 28)),
            ((2026, 10, 25), 6, (2027, 4, 25)),
            ((2026, 12, 31), 2, (2027, 2, 28)),
        ):
            with self.subTest(day=day, months=months):
                self.assertEqual(add_months(date(*day), months), date(*end))
