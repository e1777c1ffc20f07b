from odoo.tests import BaseCase, tagged

from odoo.addons.procedure.figures import FLOOR, cover


@tagged("post_install", "-at_install")
class TestFigures(BaseCase):
    """What is shown of few people: neither the part, nor what is left by difference."""

    def test_what_is_shown(self):
        self.assertEqual(cover(40, 12), (40, 12))
        self.assertEqual(cover(4, 4), (None, None))
        self.assertEqual(cover(43, 4), (40, None))
        self.assertEqual(cover(43, 40), (40, 40))
        self.assertEqual(cover(10, 5), (10, 5))

    def test_no_figure_about_fewer_than_five_whatever_is_taken_from_what(self):
        for total in range(60):
            for part in range(total + 1):
                shown = cover(total, part)
                # All the pairs that are shown as these two numbers.
                same = [
                    (each, some)
                    for each in range(60)
                    for some in range(each + 1)
                    if cover(each, some) == shown
                ]
                for size in (lambda pair: pair[1], lambda pair: pair[0] - pair[1]):
                    if 0 < size((total, part)) < FLOOR:
                        self.assertGreater(len(set(map(size, same))), 1, (total, part))
