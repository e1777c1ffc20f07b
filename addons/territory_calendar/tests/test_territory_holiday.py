from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestTerritoryHoliday(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Holiday = cls.env["territory.holiday"]
        before = cls.Holiday.with_context(active_test=False).search([])
        before.source_key = False
        before.unlink()
        cls.env.company.school_zone = "B"
        cls.Holiday._load_school_holidays()

    def winter(self):
        return self.Holiday.search([("source_key", "=", "2026-2027 Vacances d’hiver")])

    def test_what_is_published_is_loaded_once(self):
        rows = self.Holiday.search([])
        self.assertGreater(len(rows), 10)
        self.assertEqual(self.winter().date_start, date(2027, 2, 20))
        self.assertFalse(any(rows.mapped("is_corrected")))
        self.assertEqual(self.Holiday._load_school_holidays(), 0)
        self.assertEqual(self.Holiday.search([]), rows)

    def test_from_the_school_year_before(self):
        first = min(self.Holiday.search([]).mapped("date_start"))
        self.assertEqual(first, date(2025, 10, 18))

    def test_what_is_corrected_here_stays(self):
        row = self.winter()
        row.date_end = "2027-03-08"
        self.assertTrue(row.is_corrected)
        self.Holiday._load_school_holidays()
        self.assertEqual(row.date_end, date(2027, 3, 8))

    def test_what_the_ministry_moves_is_moved_unless_it_was_corrected(self):
        moved, corrected = self.winter(), self.Holiday.search([("source_key", "like", "Noël")])[0]
        moved.write({"date_start": "2027-02-19", "source_start": "2027-02-19"})
        corrected.write({"date_end": "2026-01-05", "source_end": "2026-01-03"})
        self.assertEqual(self.Holiday._load_school_holidays(), 1)
        self.assertEqual(moved.date_start, date(2027, 2, 20))
        self.assertEqual(
            (corrected.date_end, corrected.source_end), (date(2026, 1, 5), date(2026, 1, 4))
        )

    def test_another_zone_moves_the_winter(self):
        row = self.winter()
        self.env.company.school_zone = "A"
        self.assertEqual(row.date_start, date(2027, 2, 13))

    def test_what_was_archived_does_not_come_back(self):
        row = self.winter()
        row.active = False
        self.Holiday._load_school_holidays()
        self.assertFalse(self.winter())
        with self.assertRaisesRegex(UserError, "archive"):
            row.unlink()

    def test_holidays_written_by_hand_come_first(self):
        published = self.winter()
        published.source_key = False
        published.unlink()
        own = self.Holiday.create(
            {"name": "Neige", "date_start": "2027-02-15", "date_end": "2027-02-21"}
        )
        self.assertEqual(self.Holiday._load_school_holidays(), 0)
        self.assertTrue(own.exists())
        self.assertFalse(self.winter())
        own.unlink()
        self.assertEqual(self.Holiday._load_school_holidays(), 1)

    def test_two_on_one_day_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.Holiday.create(
                {"name": "Autres", "date_start": "2027-03-07", "date_end": "2027-03-09"}
            )

    def test_the_button_says_what_it_did(self):
        self.assertIn("Nothing new", self.Holiday.action_load()["params"]["message"])
        self.winter().write({"source_key": False, "active": False})
        self.assertIn("moved: 1.", self.Holiday.action_load()["params"]["message"])


@tagged("post_install", "-at_install")
class TestTerritoryClosedDay(TransactionCase):
    def test_one_day_is_typed_once(self):
        with Form(self.env["territory.closed.day"]) as form:
            form.name = "Pont"
            form.date_start = "2027-05-07"
        self.assertEqual(form.record.date_end, date(2027, 5, 7))

    def test_days_in_disorder_or_too_long_are_refused(self):
        for first, last in (("2027-05-07", "2027-05-06"), ("2027-05-07", "2029-05-07")):
            with (
                self.subTest(last),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env["territory.closed.day"].create(
                    {"name": "Pont", "date_start": first, "date_end": last}
                )
