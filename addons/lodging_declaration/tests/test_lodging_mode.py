from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NUMBER, TEMPLATES, LodgingCase


@tagged("post_install", "-at_install")
class TestLodgingMode(LodgingCase):
    """How a furnished lodging is declared: by day and by setting."""

    procedures = tuple(TEMPLATES)

    def _open(self, day):
        procedures = self.furnished | self.national | self.rooms | self.other
        return {each.kind for each in procedures if each._is_open(day)}

    def test_each_mode_from_its_day(self):
        always = {"lodging_rooms", "lodging_other"}
        self._set_mode("national", "2026-12-01")
        self._set_mode("import", "2027-03-01")
        self._set_mode("cerfa", "2027-05-01")
        table = {
            "2019-12-31": {"lodging_furnished"},
            "2026-11-25": {"lodging_furnished"},
            "2026-11-30": {"lodging_furnished"},
            "2026-12-01": {"lodging_number"},
            "2027-02-28": {"lodging_number"},
            "2027-03-01": set(),
            "2027-04-30": set(),
            "2027-05-01": {"lodging_furnished"},
        }
        for day, expected in table.items():
            with self.subTest(day):
                from_day = self.env["lodging.mode"]._fields["date_from"].to_date(day)
                self.assertEqual(self._open(from_day), always | expected)

    def test_a_mode_whose_form_is_not_published_says_so(self):
        rows = [self._set_mode("national", "2026-12-01"), self._set_mode("import", "2027-03-01")]
        national, imported = (row.with_context(lang="fr_FR") for row in rows)
        self.assertFalse(national.to_do or imported.to_do)
        self.national.state = "suspended"
        (national | imported).invalidate_recordset()
        self.assertIn("n’est publiée", national.to_do)
        self.assertFalse(imported.to_do, "it has no form")

    def test_without_any_row_our_form_is_open(self):
        self.env["lodging.mode"].search([]).unlink()
        self.assertIn("lodging_furnished", self._open(None))
        self.assertNotIn("lodging_number", self._open(None))

    def test_the_other_form_takes_nothing(self):
        with self.assertRaisesRegex(UserError, "not open"):
            self._declare(self.national, answers=NUMBER)
        self._set_mode("national")
        with self.assertRaisesRegex(UserError, "not open"):
            self._declare()
        self.assertTrue(self._declare(self.national, answers=NUMBER).lodging_ids)

    @mute_logger("odoo.sql_db")
    def test_the_national_site_has_its_address(self):
        for url in (False, "", "national.test", "javascript:alert(1)", "https://a b"):
            with self.subTest(url), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["lodging.mode"].create(
                    {"date_from": "2027-01-01", "mode": "national", "url": url}
                )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._set_mode("national", "2020-01-01")
