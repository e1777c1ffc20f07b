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

    def test_a_former_name_finds_the_commune_of_today(self):
        found = self.env["territory.commune"].name_search("vieuxb")
        self.assertEqual(found, [(self.commune.id, "Valmont")])

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
        self.commune.with_user(self.env.user).phone = "03 29 00 00 00"
        self.assertEqual(self.commune.phone, "03 29 00 00 00")

    def test_others_only_read_the_communes(self):
        for user in self.staff_without_right() | self.agent | self.resident:
            commune = self.commune.with_user(user)
            self.assertEqual(commune.name, "Valmont")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                commune.name = "Autre"
