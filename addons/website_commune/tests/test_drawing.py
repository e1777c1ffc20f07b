from lxml import etree

from odoo.tests import BaseCase, tagged

from ..tools.map_drawing import draw_map, place_names
from ..tools.village_drawing import draw_strip, draw_village


def make_points(count):
    return [
        (f"Village {n}", 20 * n, 48.8 + (n % 7) * 0.04, 5.1 + (n // 7) * 0.05, f"/communes/v-{n}")
        for n in range(count)
    ]


@tagged("post_install", "-at_install")
class TestDrawing(BaseCase):
    def test_each_village_has_its_own_street_and_always_the_same(self):
        codes = [f"99{n:03}" for n in range(60)]
        drawn = [draw_village(code) for code in codes]
        self.assertEqual(len(set(drawn)), len(codes))
        self.assertEqual(drawn, [draw_village(code) for code in codes])
        for svg in (*drawn, *(draw_strip(code) for code in codes)):
            self.assertTrue(etree.fromstring(svg).tag.endswith("svg"))
            self.assertLess(len(svg), 9000)

    def test_the_map_has_a_house_for_each_village(self):
        svg = draw_map(make_points(47))
        self.assertEqual(svg.count('fill="#B5573C"'), 47)
        self.assertLess(len(svg), 20000)
        for points in ([], make_points(1), make_points(2)):
            self.assertTrue(etree.fromstring(draw_map(points)).tag.endswith("svg"))
            self.assertEqual(len(place_names(points, 1100, 47)), len(points))

    def test_no_plate_covers_another(self):
        for width, limit in ((330, 7), (1100, 47)):
            boxes = []
            for place in place_names(make_points(47), width, limit):
                wide = len(place.name) * 9 + 20
                left, top = (value * width / 100 for value in (place.left, place.top))
                boxes.append((left - wide / 2, top - 15, left + wide / 2, top + 15))
            self.assertGreaterEqual(len(boxes), min(limit, 30))
            for rank, box in enumerate(boxes):
                self.assertTrue(box[0] >= 0 and box[2] <= width, box)
                for other in boxes[rank + 1 :]:
                    self.assertFalse(
                        box[0] < other[2]
                        and other[0] < box[2]
                        and box[1] < other[3]
                        and other[1] < box[3],
                        (box, other),
                    )
