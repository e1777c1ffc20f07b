from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestTerritoryCommune(TerritoryCase):
    def setUp(self):
        super().setUp()
        self.commune.former_ids = [
            (0, 0, {"name": "Vieuxbourg", "insee_code": "99011"}),
        ]

    def test_accents_do_not_change_the_order(self):
        Commune = self.env["territory.commune"]
        made = Commune.create(
            [
                {"name": name, "insee_code": f"9970{rank}"}
                for rank, name in enumerate(("Zone-du-Test", "Évres-du-Test", "Fains-du-Test"))
            ]
        )
        names = Commune.search([("id", "in", made.ids)]).mapped("name")
        self.assertEqual(names, ["Évres-du-Test", "Fains-du-Test", "Zone-du-Test"])

    def test_a_former_code_leads_to_the_commune_of_today(self):
        find = self.env["territory.commune"]._find_by_insee
        self.assertEqual(find("99001"), self.commune)
        self.assertEqual(find("99011"), self.commune)
        self.assertFalse(find("99999"))

    def test_no_code_is_the_commune_of_nobody(self):
        """Some former communes have no code: they answered to an empty one."""
        self.commune.former_ids = [(0, 0, {"name": "Sanscode"})]
        for code in ("", False, None):
            self.assertFalse(self.env["territory.commune"]._find_by_insee(code), repr(code))

    def test_a_former_name_finds_the_commune_of_today(self):
        found = self.env["territory.commune"].name_search("vieuxb")
        self.assertEqual(found, [(self.commune.id, "Valmont")])

    def test_a_file_names_it_by_its_code_or_by_a_name_that_it_has_or_had(self):
        named = self.env["territory.commune"]._get_named()
        for key in ("99001", "valmont", "vieuxbourg"):
            self.assertEqual(named[key], self.commune, key)
        self.other_commune.name = "Vieuxbourg"
        named = self.env["territory.commune"]._get_named()
        self.assertEqual(named["vieuxbourg"], self.other_commune, "that of today comes first")

    def test_a_name_with_a_slip_is_near_the_one_that_was_meant(self):
        near = self.env["territory.commune"]._get_near_names
        for typed in ("valmon", "Vallmont", "VALMONT", "val mont", "99000 Valmont", "valm"):
            self.assertEqual(near(typed)[:1], ["Valmont"], typed)
        self.assertEqual(near("vieubourg")[:1], ["Vieuxbourg"], "a former name")
        self.commune.name = "Saint-André-du-Test"
        self.assertEqual(near("st andre du test")[:1], ["Saint-André-du-Test"])
        for typed in ("", "Paris", "x" * 5000, "12345"):
            self.assertFalse(near(typed), typed)

    def test_the_second_of_two_namesakes_has_its_code_in_its_address(self):
        namesake = self.commune.create({"name": "Valmont", "insee_code": "99003"})
        self.assertEqual((self.commune.slug, namesake.slug), ("valmont", "valmont-99003"))
        self.other_commune.name = "Côte-d'Or & Fils"
        self.assertEqual(self.other_commune.slug, "cote-dor-fils")

    def test_the_insee_code_is_the_key(self):
        for code in ("9900", "99 01", "9900é"):
            with self.subTest(code=code), self.assertRaises(ValidationError):
                self.commune.create({"name": "Faux", "insee_code": code})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.commune.create({"name": "Double", "insee_code": "99001"})

    @users("responsable.test")
    def test_manager_corrects_a_commune(self):
        self.commune.with_user(self.env.user).zip = "99900"
        self.assertEqual(self.commune.zip, "99900")
        self._as_data(self.town_hall.with_user(self.env.user)).phone = "03 29 00 00 00"
        self.assertEqual(self.commune.phone, "03 29 00 00 00")

    def test_others_only_read_the_communes(self):
        for user in self.staff_without_right() | self.agent | self.resident:
            commune = self.commune.with_user(user)
            self.assertEqual(commune.name, "Valmont")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                commune.name = "Autre"
