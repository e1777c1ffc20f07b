from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..drawn_map import GAP, SIDE, draw, frame

degrees = st.floats(-60, 60, allow_nan=False).filter(bool)


def place(latitude, longitude):
    return SimpleNamespace(latitude=latitude, longitude=longitude)


@tagged("post_install", "-at_install")
class TestDrawnMap(BaseCase):
    @given(st.lists(st.builds(place, degrees, degrees), min_size=1, max_size=20))
    def test_every_sheet_that_has_a_place_is_on_the_map(self, entries):
        drawn = draw(entries, [(48.9, 5.2), (48.95, 5.3)])
        self.assertEqual([mark.entry for mark in drawn.marks], entries)
        for mark in drawn.marks:
            self.assertTrue(0 < mark.x < SIDE)
            self.assertTrue(0 < mark.y < SIDE)
        for ground in drawn.grounds:
            self.assertTrue(all(0 <= value <= SIDE for value in ground))

    @given(st.lists(st.builds(place, degrees, degrees), min_size=2, max_size=20))
    def test_no_number_covers_another(self, entries):
        for told in (entries, [place(48.9, 5.2)] * len(entries)):
            marks = draw(told, []).marks
            for rank, one in enumerate(marks):
                for other in marks[:rank]:
                    apart = max(abs(one.x - other.x), abs(one.y - other.y))
                    self.assertGreaterEqual(apart, GAP - 2)

    def test_a_sheet_without_a_place_keeps_its_number(self):
        drawn = draw([place(0, 0), place(48.9, 5.2)], [])
        self.assertEqual([mark.number for mark in drawn.marks], [2])
        self.assertIsNone(draw([place(0, 0)], [(48.9, 5.2)]))

    def test_the_sheets_of_the_other_pages_are_dots(self):
        other = place(48.95, 5.3)
        drawn = draw([place(48.9, 5.2)], [], others=[other, place(0, 0)])
        self.assertEqual([dot[0] for dot in drawn.dots], [other])
        self.assertTrue(all(0 < value < SIDE for value in drawn.dots[0][1:]))
        self.assertTrue(draw([place(0, 0)], [], others=[other]))

    # The first draw is slow on a machine that does other things.
    @given(st.lists(st.tuples(degrees, degrees, st.just("x")), min_size=1, max_size=9))
    def test_a_point_of_the_map_is_a_place_and_back(self, grounds):
        drawn = frame(grounds)
        for (latitude, longitude, _told), (x, y, told) in zip(grounds, drawn.grounds, strict=True):
            self.assertEqual(told, "x")
            self.assertLessEqual(abs(drawn.place(latitude, longitude)[0] - x), 1)
            self.assertLessEqual(abs(drawn.place(latitude, longitude)[1] - y), 1)
            # As the script of the form does.
            self.assertAlmostEqual(drawn.west + x / drawn.across, longitude, delta=1 / drawn.across)
            self.assertAlmostEqual(drawn.north - y / drawn.down, latitude, delta=1 / drawn.down)
