from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase

# Its name, the one that it had, their codes: as people write them.
WRITTEN = (
    "valmont",
    "VALMONT",
    "Vàlmont",
    "vieux-bourg",
    "Vieux Bourg",
    "99001",
    "99011",
)


@tagged("post_install", "-at_install")
class TestTerritoryCommune(CommuneCase):
    def find(self, slug):
        return self.env["territory.commune"]._find_by_address(slug)

    def test_a_commune_is_found_by_every_name_and_code_that_it_has_or_had(self):
        for slug in WRITTEN:
            self.assertEqual(self.find(slug), self.commune, slug)
        for slug in ("", "nulle-part", "99999", "x" * 300):
            self.assertFalse(self.find(slug), slug)

    def test_who_renames_a_commune_keeps_its_previous_address(self):
        self.commune.name = "Valmont-sur-Eau"
        self.assertEqual(self.commune.slug, "valmont-sur-eau")
        self.assertEqual(self.find("valmont"), self.commune)
        # Another one that takes the name takes the address.
        other = self.commune.create({"name": "Valmont", "insee_code": "99005"})
        self.assertEqual(self.find("valmont"), other)

    def test_a_commune_that_left_the_territory_has_no_page(self):
        self.commune.active = False
        for slug in WRITTEN:
            self.assertFalse(self.find(slug), slug)

    def test_a_village_is_searched_by_words_of_today_and_of_before(self):
        Commune = self.env["territory.commune"]
        for words in ("valmont", "VAL MONT".replace(" ", ""), "Vieux bourg", "vieux"):
            self.assertEqual(Commune._search_by_name(words), self.commune, words)
        self.assertEqual(Commune._find_by_name("vieux-bourg"), self.commune)
        self.assertFalse(Commune._find_by_name("vieux"))
        self.assertFalse(Commune._search_by_name("nulle part"))
        self.assertIn(self.other_commune, Commune._search_by_name(""))

    def test_an_address_that_a_browser_would_run_is_refused(self):
        for url in ("javascript:alert(1)", "data:text/html,x", "//exemple.fr", "http://", "a b"):
            with self.subTest(url), self.assertRaises(ValidationError):
                self.publish(link_ids=[Command.create({"name": "x", "url": url})])
            with self.subTest(url), self.assertRaises(ValidationError):
                self.publish(panneaupocket_url=url)

    def test_facts_are_read_as_people_type_them(self):
        facts = self.commune._read_facts("Fuite : appelez le 03 00 00 00 50.\n\n  conforme  \n:\n")
        self.assertEqual(
            [(fact["name"], [part["text"] for part in fact["parts"]]) for fact in facts],
            [
                ("Fuite", ["Appelez le ", "03 00 00 00 50", "."]),
                ("", ["Conforme"]),
                ("", [":"]),
            ],
        )
        self.assertEqual([part["phone"] for part in facts[0]["parts"]], [False, True, False])
        self.assertFalse(self.commune._read_facts(False))

    def test_two_communes_may_each_have_a_page_of_the_same_name(self):
        twin = self.make_page(self.other_commune, name="L'histoire")
        self.assertEqual(twin.slug, self.page.slug)
        self.page.slug = twin.slug = "notre-histoire"
        find = self.env["commune.page"]._find_page
        self.assertEqual(find(self.commune, "lhistoire"), self.page)
        self.assertEqual(find(self.other_commune, "lhistoire"), twin)
        self.page._publish_as("test", {}, is_online=False)
        self.assertFalse(find(self.commune, "lhistoire"))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_page(name="x", slug="notre-histoire")

    def test_a_page_takes_no_address_that_leads_elsewhere(self):
        for slug in ("en-bref", "Majuscule", "a/b", "village.svg", ""):
            with self.subTest(slug), self.assertRaises(ValidationError):
                self.page.slug = slug
