from contextlib import suppress
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.territory_base.dates import NoSuchDay, read_day, say_day, show_day

TODAY = date(2026, 11, 26)
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
# How people write a day, with four figures for the year.
WHOLE = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d %m %Y}",
    lambda day: f" {day:%d / %m / %Y} ",
    lambda day: f"{day:%d%m%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}",
    lambda day: f"{day.day} {SHORT[day.month - 1]} {day.year}",
    lambda day: f"{day.day}-{SHORT[day.month - 1]}-{day.year}",
    lambda day: f"le {day.day}er {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"jeudi {day.day} {MONTHS[day.month - 1]} {day.year}",
)
SHORTENED = (
    lambda day: f"{day:%d/%m/%y}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%d%m%y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day:%y}",
    lambda day: f"{day.day} {SHORT[day.month - 1]} {day:%y}",
)


@tagged("post_install", "-at_install")
class TestDates(BaseCase):
    @given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(WHOLE))
    def test_each_way_of_writing_a_day_gives_this_day(self, day, write):
        for limit in (None, "past", "future"):
            self.assertEqual(read_day(write(day), limit, TODAY), day)
        self.assertEqual(read_day(show_day(day), None, TODAY), day)

    @given(st.dates(date(1926, 11, 27), TODAY), st.sampled_from(SHORTENED))
    def test_two_figures_of_a_birth_year_are_the_last_that_passed(self, day, write):
        self.assertEqual(read_day(write(day), "past", TODAY), day)

    @given(st.dates(TODAY, date(2126, 11, 25)), st.sampled_from(SHORTENED))
    def test_two_figures_of_a_day_to_come_are_the_next(self, day, write):
        self.assertEqual(read_day(write(day), "future", TODAY), day)

    @given(st.dates(date(1947, 1, 1), date(2046, 12, 31)), st.sampled_from(SHORTENED))
    def test_two_figures_of_any_day_are_the_nearest(self, day, write):
        self.assertEqual(read_day(write(day), None, TODAY), day)

    @given(st.text(max_size=80))
    def test_any_text_is_a_day_or_refused(self, text):
        with suppress(ValueError):
            self.assertIsInstance(read_day(text, None, TODAY), date)

    def test_a_day_that_no_calendar_has_is_told_from_what_is_no_date(self):
        for text, said in (
            ("32/13/2026", "32/13/2026"),
            ("31 février 2027", "31/02/2027"),
            ("29.02.2027", "29/02/2027"),
            ("32132026", "32/13/2026"),
            ("2026-02-30", "30/02/2026"),
            ("31/4/26", "31/04/26"),
        ):
            with self.subTest(text=text), self.assertRaises(NoSuchDay) as refused:
                read_day(text, "past", TODAY)
            self.assertEqual(str(refused.exception), said)
        for text in (
            "",
            "demain",
            "15 novembre",
            "15 jui 2026",
            "15 brumaire 2026",
            "15/11",
            "1511196",
            "١٥/١١/١٩٦٢",
            "15/11/1962 " + "x" * 100,
        ):
            with self.subTest(text=text), self.assertRaises(ValueError) as refused:
                read_day(text, "past", TODAY)
            self.assertNotIsInstance(refused.exception, NoSuchDay)

    def test_the_writings_of_the_review(self):
        day = date(1962, 11, 15)
        for text in (
            "15111962",
            "15/11/62",
            "15 novembre 1962",
            "15 nov. 62",
            "15.11.1962",
            "15-11-1962",
            "151162",
            "jeudi 15 novembre 1962",
        ):
            self.assertEqual(read_day(text, "past", TODAY), day, text)
        for text in ("1er mai 2027", "1ER MAI 27", "le 1 mai 2027"):
            self.assertEqual(read_day(text, None, TODAY), date(2027, 5, 1), text)


@tagged("post_install", "-at_install")
class TestSayDay(TransactionCase):
    def test_the_first_of_a_month_is_said_as_people_do(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["res.lang"]._activate_lang("en_US")
        french = self.env(context={"lang": "fr_FR"})
        for day, pattern, said in (
            (date(2026, 9, 1), "d MMMM y", "1er septembre 2026"),
            (date(2026, 9, 1), "EEEE d MMMM", "mardi 1er septembre"),
            (date(2026, 9, 11), "d MMMM y", "11 septembre 2026"),
            (date(2026, 9, 21), "d MMMM y", "21 septembre 2026"),
        ):
            self.assertEqual(say_day(french, day, pattern), said)
        english = self.env(context={"lang": "en_US"})
        self.assertEqual(say_day(english, date(2026, 9, 1)), "1 September 2026")
        self.assertEqual(
            say_day(english, date(2026, 9, 1), lang_code="fr_FR"), "1er septembre 2026"
        )
