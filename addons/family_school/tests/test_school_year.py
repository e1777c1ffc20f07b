from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SchoolCase


@tagged("post_install", "-at_install")
class TestSchoolYear(SchoolCase):
    def test_the_year_of_a_day(self):
        for day, expected in (
            ("2026-08-31", self.Year),
            ("2026-09-01", self.year),
            ("2027-07-03", self.year),
            ("2027-07-04", self.Year),
            ("2027-09-02", self.next_year),
        ):
            self.assertEqual(self.Year._find(date.fromisoformat(day)), expected, day)
        self.assertEqual(self.year._get_next(), self.next_year)
        self.assertFalse(self.next_year._get_next())

    def test_the_year_for_which_one_registers(self):
        for day, expected in (
            ("2026-11-25", self.year),
            ("2027-02-28", self.year),
            ("2027-03-01", self.next_year),
            ("2027-08-01", self.next_year),
            ("2028-08-01", self.Year),
        ):
            self.assertEqual(self.Year._find_registering(date.fromisoformat(day)), expected, day)
        self.next_year.registration_start = False
        self.assertEqual(self.Year._find_registering(date(2027, 8, 1)), self.next_year)

    def test_registration_is_open(self):
        for day, is_open in (("2026-02-28", False), ("2026-03-01", True), ("2026-06-30", True)):
            self.assertEqual(self.year._is_registration_open(date.fromisoformat(day)), is_open)
        self.assertFalse(self.year._is_registration_open(date(2026, 7, 1)))
        self.assertTrue(self.next_year._is_registration_open(date(2030, 1, 1)))

    def test_two_years_share_no_day(self):
        for first, last in (("2027-07-03", "2027-08-01"), ("2026-01-01", "2029-01-01")):
            with self.subTest(first), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.Year.create({"name": "Essai", "date_start": first, "date_end": last})
        self.Year.create({"name": "Été", "date_start": "2027-07-04", "date_end": "2027-09-01"})

    def test_a_refusal_takes_no_number(self):
        take = self.year._make_certificate
        self.assertEqual([take()[-4:] for _ in range(3)], ["0001", "0002", "0003"])
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            take()
            raise ZeroDivisionError
        self.assertEqual(take(), "2026-2027/0004")
        self.assertEqual(self.next_year._make_certificate(), "2027-2028/0001")

    def test_levels_follow_one_another(self):
        level, seen = self.levels["TPS"], []
        while level:
            seen.append(level.code)
            level = level.next_id
        self.assertEqual(seen, ["TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2"])
        self.assertEqual(self.env["school.level"]._get_usual(9), self.levels["CM1"])
        self.assertFalse(self.env["school.level"]._get_usual(0), "ULIS is nobody's usual level")
        self.assertFalse(self.env["school.level"]._get_usual(12))

    def test_a_school_has_a_real_uai(self):
        self.school.uai = "075 0655 e"
        self.assertEqual(self.school.uai, "0750655E")
        with self.assertRaises(ValidationError):
            self.school.uai = "0750655F"
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.other_school.uai = "0750655E"
            self.env.flush_all()

    def test_only_a_school_has_one(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.town_hall.uai = "0750655E"
            self.env.flush_all()
