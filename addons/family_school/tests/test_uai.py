import unittest

from odoo.tests import tagged

from ..tools.uai import LETTERS, clean, is_valid


@tagged("post_install", "-at_install")
class TestUai(unittest.TestCase):
    def test_known_numbers(self):
        """Lycées Louis-le-Grand, Henri-IV, du Parc."""
        for number in ("0750655E", "0750654D", "0690026D"):
            self.assertTrue(is_valid(number), number)

    def test_any_other_letter_is_wrong(self):
        for letter in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {"E"}:
            self.assertFalse(is_valid(f"0750655{letter}"), letter)
        self.assertEqual(len(LETTERS), 23)

    def test_what_is_no_number(self):
        for text in (None, "", "750655E", "0750655", "0750655e", "07506551", "x0750655E"):
            self.assertFalse(is_valid(text), text)

    def test_as_people_write_it(self):
        self.assertEqual(clean(" 075 0655 e"), "0750655E")
        self.assertEqual(clean(False), "")
