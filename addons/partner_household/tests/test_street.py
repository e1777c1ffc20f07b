import unittest

from odoo.tests import tagged

from ..tools import is_served, split_address


@tagged("post_install", "-at_install")
class TestStreet(unittest.TestCase):
    def test_number_and_street(self):
        for text, expected in {
            "12 rue du Moulin": (12, "rue du moulin"),
            "12 bis, r. du Moulin": (12, "rue du moulin"),
            "12B rue du Moulin": (12, "rue du moulin"),
            "RUE DU MOULIN": (0, "rue du moulin"),
            "3, place du 8 mai 1945": (3, "place du 8 mai 1945"),
            "": (0, ""),
            "12": (0, "12"),
        }.items():
            with self.subTest(text):
                self.assertEqual(split_address(text), expected)

    def test_sides_and_numbers(self):
        self.assertTrue(is_served(12, "even", 2, 40))
        self.assertFalse(is_served(13, "even", 2, 40))
        self.assertFalse(is_served(42, "even", 2, 40))
        self.assertTrue(is_served(42, "all", 41, 0))
        self.assertTrue(is_served(0, "odd", 1, 3), "nobody said which number")
