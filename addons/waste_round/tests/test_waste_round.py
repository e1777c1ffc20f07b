from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RoundCommon

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteRound(RoundCommon):
    def _days(self, rounds, first=DECEMBER[0], last=DECEMBER[1]):
        return [pickup.day for _round, pickup in rounds._find_pickups(first, last)]

    def test_a_code_is_made_of_the_name(self):
        self.assertEqual(self._round("Tri – été, n° 2", []).code, "tri-ete-n-2")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._round("Tri été n 2", [])

    def test_days_with_a_moved_one_and_one_without_collection(self):
        self._shift("2026-12-21", "2026-12-22")
        self._shift("2026-12-28")
        self.assertEqual(
            self._days(self.bins),
            [date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 22), None],
        )

    def test_one_kind_of_waste_may_be_an_exception(self):
        self._shift("2026-12-17")
        self._shift("2026-12-17", "2026-12-18", waste_kind="recyclable")
        self.assertIn(date(2026, 12, 18), self._days(self.sorting))
        self._shift("2026-12-03").operation = "keep"
        self.assertIn(date(2026, 12, 3), self._days(self.sorting))

    def test_another_service_moves_nothing_here(self):
        self._shift("2026-12-07", service_id=self.school.id)
        self.assertIn(date(2026, 12, 7), self._days(self.bins))

    def test_rows_that_the_database_refuses(self):
        self._shift("2026-12-07")
        wrong = [
            {"date": "2026-12-07"},
            {"date": "2026-12-08", "date_moved": "2026-12-12"},
            {"date": "2026-12-08", "date_moved": "2026-12-08"},
            {"date": "2026-12-08", "date_moved": "2026-12-09", "operation": "none"},
            {"date": "2026-12-08", "operation": "move"},
        ]
        for values in wrong:
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._shift(**values)

    def test_nothing_is_moved_to_a_day_on_which_nobody_collects(self):
        closed = self._shift("2026-12-25")
        with self.assertRaises(ValidationError):
            self._shift("2026-12-24", "2026-12-25")
        closed.unlink()
        self._shift("2026-12-24", "2026-12-25")
        with self.assertRaises(ValidationError):
            self._shift("2026-12-25")

    def test_a_street_wins_over_its_commune_and_a_part_over_its_street(self):
        street = self._round("Centre", [{"street": "Rue du Moulin"}], weekday="1")
        part = self._round(
            "Bas de la rue",
            [{"street": "rue du moulin", "side": "even", "number_from": 2, "number_to": 40}],
            weekday="2",
        )

        def find(key, number=0):
            rows = self.Street._find_rows(self.commune, key, number)
            return rows.round_id

        self.assertEqual(find(""), self.bins | self.sorting)
        self.assertEqual(find("rue haute", 3), self.bins | self.sorting)
        self.assertEqual(find("rue du moulin", 3), street | self.sorting)
        self.assertEqual(find("rue du moulin", 12), part | self.sorting)
        self.assertEqual(find("rue du moulin"), street | part | self.sorting, "which number?")
        self.assertFalse(self.Street._find_rows(self.other_commune, "rue du moulin"))

    def test_a_round_that_ended_or_is_archived_serves_nobody(self):
        self.bins.date_end = "2026-11-24"
        self.sorting.active = False
        self.assertFalse(self.Street._find_rows(self.commune))

    def test_a_commune_has_no_numbers(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.bins.street_ids = [Command.create({"commune_id": self.commune.id, "side": "even"})]

    def test_words_of_a_rhythm(self):
        self.bins.write({"hour_from": 6, "hour_to": 12.5})
        self.assertEqual(
            self.bins._get_rhythm_words(),
            "Monday, every week, between 6\xa0h and 12\xa0h\xa030",
        )
        self.assertEqual(self.sorting._get_rhythm_words(), "Thursday, odd weeks")

    def test_a_year_of_a_place_costs_few_queries(self):
        for rank in range(20):
            self._round(f"Ronde {rank}", [{"street": f"Rue {rank}"}], weekday=str(rank % 7))
        self._shift("2026-12-25")
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            rounds = self.Street._find_rows(self.commune, "rue 3").round_id
            rounds._find_pickups(date(2026, 1, 1), date(2026, 12, 31))
