from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from odoo.tests import TransactionCase, tagged

from ..pages import words

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


@tagged("post_install", "-at_install")
class TestFamilyWords(TransactionCase):
    """Addresses of weeks and days, and days as people say them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})

    def test_a_week_has_one_address(self):
        for address, monday in (
            ("2026-W48", date(2026, 11, 23)),
            ("2026-W53", date(2026, 12, 28)),
            ("2027-W01", date(2027, 1, 4)),
        ):
            self.assertEqual(words.read_week(address), monday)
            self.assertEqual(words.show_week(monday), address)
        for wrong in ("", "2026", "2026-W54", "2027-W53", "0000-W00", "2026-W1", "x" * 400, None):
            self.assertIsNone(words.read_week(wrong), wrong)

    def test_a_month_and_a_day_have_one_address(self):
        self.assertEqual(words.read_month("2026-12"), date(2026, 12, 1))
        self.assertEqual(words.read_day("2026-12-24"), date(2026, 12, 24))
        for wrong in ("", "2026-13", "2026-00", "0000-01", "2026-1", None):
            self.assertIsNone(words.read_month(wrong), wrong)
        for wrong in ("", "2026-02-30", "20261224", "2026-W48-1", "----------", None):
            self.assertIsNone(words.read_day(wrong), wrong)

    def test_only_near_days_have_a_page(self):
        today = date(2026, 11, 25)
        self.assertTrue(words.is_near(date(2027, 12, 1), today))
        for day in (date(9999, 12, 27), date(1, 1, 1), None):
            self.assertFalse(words.is_near(day, today))

    def test_near_moments_are_said_by_their_name(self):
        for moment, said in (
            ((2026, 11, 25, 8, 30), "8\xa0h\xa030"),
            ((2026, 11, 26, 12, 0), "demain, 12\xa0h"),
            ((2026, 11, 24, 12, 0), "hier, 12\xa0h"),
            ((2026, 11, 27, 12, 0), "vendredi, 12\xa0h"),
            ((2026, 12, 1, 12, 0), "mardi, 12\xa0h"),
            ((2026, 12, 2, 7, 15), "mercredi 2 décembre, 7\xa0h\xa015"),
            ((2027, 1, 1, 7, 0), "vendredi 1er janvier, 7\xa0h"),
        ):
            found = words.say_moment(self.env, datetime(*moment, tzinfo=PARIS), NOW)
            self.assertEqual(found, said)

    def test_late_in_the_evening_it_is_still_today(self):
        now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC).astimezone(PARIS)
        moment = datetime(2026, 11, 25, 8, 30, tzinfo=PARIS)
        self.assertEqual(words.say_moment(self.env, moment, now), "8\xa0h\xa030")

    def test_days_of_one_month_name_it_once(self):
        for first, last, said in (
            (date(2026, 11, 23), date(2026, 11, 27), "du 23 au 27 novembre"),
            (date(2026, 11, 30), date(2026, 12, 4), "du 30 novembre au 4 décembre"),
            (date(2026, 12, 28), date(2027, 1, 1), "du 28 décembre au 1er janvier"),
        ):
            self.assertEqual(words.say_days(self.env, first, last), said)
