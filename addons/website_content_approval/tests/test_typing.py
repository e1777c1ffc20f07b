from odoo.tests import BaseCase, tagged

from ..pages.typing import (
    count_wrong_digits,
    from_paragraphs,
    read_hour,
    show_hour,
    show_number,
    to_paragraphs,
)


@tagged("post_install", "-at_install")
class TestTyping(BaseCase):
    """Hours, numbers and paragraphs as people type and read them."""

    def test_an_hour_as_people_write_it(self):
        for typed, hour in [("9 h 30", 9.5), ("9h30", 9.5), ("14:15", 14.25), ("8,5", 8.5)]:
            self.assertEqual(read_hour(typed), hour, typed)
        for typed in ("tôt", "25 h", "9 h 75", "-1"):
            with self.assertRaises(ValueError, msg=typed):
                read_hour(typed)
        self.assertEqual(
            [show_hour(9.5), show_hour(9), show_hour(0)], ["9\xa0h\xa030", "9\xa0h", ""]
        )
        self.assertEqual([show_number(1.5), show_number(2.0), show_number(0)], ["1,5", "2", ""])

    def test_a_telephone_that_lost_or_gained_digits(self):
        for typed in ("03 53 01 01", "03.53.01.01.0", "035301010203"):
            self.assertTrue(count_wrong_digits(typed), typed)
        for typed in (
            "03 53 01 01 02",
            "+33 3 53 01 01 02",
            "0033 3 53 01 01 02",
            "3400",
            "03 53 01 01 02 ou 06 53 01 01 02",
            "03 53 01 01 02 poste 12",
            "03 53 01 01 02 / 03",
            "",
        ):
            self.assertFalse(count_wrong_digits(typed), typed)

    def test_paragraphs_come_back_as_they_were_typed(self):
        text = "Un <b>mot</b>\nà la ligne.\n\nFin & suite."
        body = from_paragraphs(text)
        self.assertNotIn("<b>", body)
        self.assertEqual(to_paragraphs(body), text)

    def test_what_is_more_than_paragraphs_is_left_alone(self):
        for body in ("<h2>Titre</h2>", '<p><img src="/a.png"></p>', '<p class="x">A</p>'):
            self.assertIsNone(to_paragraphs(body), body)
