from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..pages.week import read_day, show_day

MINUTES = st.integers(0, 24 * 4).map(lambda quarter: quarter / 4)
NOTES = st.sampled_from(["", "sur rendez-vous", "le premier du mois"])


@tagged("post_install", "-at_install")
class TestWeek(BaseCase):
    def test_hours_as_people_write_them(self):
        for typed, told in (
            ("", []),
            ("fermé", []),
            ("Fermée", []),
            ("9 h – 12 h", [(9, 12, "")]),
            ("9h-12h", [(9, 12, "")]),
            ("9:00 - 12:30", [(9, 12.5, "")]),
            ("9.00-12.30", [(9, 12.5, "")]),
            ("de 9h à 12h et de 14 h à 17 h 30", [(9, 12, ""), (14, 17.5, "")]),
            ("14h-17h, 9h-12h", [(9, 12, ""), (14, 17, "")]),
            ("9h-midi; 14h-minuit", [(9, 12, ""), (14, 24, "")]),
            ("9-12", [(9, 12, "")]),
            ("9h 12h", [(9, 12, "")]),
            ("9 h 30 12 h 15", [(9.5, 12.25, "")]),
            (
                "9 h – 12 h (sur rendez-vous), 14 h – 17 h",
                [(9, 12, "sur rendez-vous"), (14, 17, "")],
            ),
            ("9h-12h sur rendez-vous et 14h-17h", [(9, 12, "sur rendez-vous"), (14, 17, "")]),
            ("9h30\xa0–\xa011h\u202f45", [(9.5, 11.75, "")]),
        ):
            self.assertEqual(read_day(typed), told, typed)

    def test_what_holds_no_hours_is_refused(self):
        for typed in (
            "sur rendez-vous",
            "9h",
            "lundi 9h-12h",
            "9h-12h, 14",
            "9h-61h",
            "9h-12h99",
            "912h",
        ):
            with self.assertRaises(ValueError, msg=typed):
                read_day(typed)

    @given(st.lists(st.tuples(MINUTES, MINUTES, NOTES), max_size=3))
    def test_what_is_shown_is_read_again_the_same(self, spans):
        names = ("hour_from", "hour_to", "note")
        spans = sorted(span for span in spans if span[1])
        shown = show_day([dict(zip(names, span, strict=True)) for span in spans])
        self.assertEqual(read_day(shown), spans)

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused_in_time(self, typed):
        try:
            spans = read_day(typed)
        except ValueError:
            return
        self.assertTrue(all(0 <= hour <= 24 for span in spans for hour in span[:2]))
