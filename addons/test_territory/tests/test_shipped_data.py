from pathlib import Path

from odoo.tests import TransactionCase, new_test_user, tagged

DATA = Path(__file__).parents[3] / "data"


@tagged("post_install", "-at_install")
class TestShippedData(TransactionCase):
    """A start without the demo: the territory is there, and something can be published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only what data/ brings exists here.
        cls.env["territory.service"].search([("kind", "=", "town_hall")]).active = False
        cls.env["territory.loader"]._load_folder(DATA)
        cls.services = cls.env["territory.service"].search([])

    def test_each_commune_has_its_town_hall_of_which_nothing_is_invented(self):
        communes = self.env["territory.commune"].search([("population", ">", 0)])
        self.assertEqual(len(communes), 47)
        for commune in communes:
            self.assertEqual(commune.town_hall_id.code, f"mairie-{commune.insee_code}")
            self.assertEqual(commune.town_hall_id.city, commune.name)
            self.assertFalse(commune.phone or commune.email or commune.opening_hours)

    def test_a_name_that_people_still_use_finds_the_commune(self):
        Commune = self.env["territory.commune"]
        found = Commune.search([("display_name", "ilike", "triaucourt")])
        self.assertEqual(found.insee_code, "55517")
        self.assertIn("Triaucourt-en-Argonne", Commune._get_near_names("Triaucour en Argonne"))

    def test_the_authority_has_the_hours_of_its_reception(self):
        reception = self.env.company.reception_service_id
        self.assertEqual(reception.code, "accueil")
        reception.opening_note = "Lundi 9 h - 12 h"
        self.assertEqual(self.env.company.opening_hours, "Lundi 9 h - 12 h")

    def test_a_manager_publishes_with_a_service_of_the_data(self):
        manager = new_test_user(self.env, "shipped", "territory_base.territory_group_manager")
        procedure = self.env.ref("waste_collection.procedure_bin")
        self.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        procedure.with_user(manager).service_id = self.services.filtered(
            lambda service: service.code == "dechets"
        )
        procedure.with_user(manager).topic_id = self.env["territory.topic"].search(
            [("code", "=", "dechets")]
        )
        if procedure.state != "published":
            procedure.with_user(manager).action_publish()
        self.assertEqual(procedure.state, "published")
        self.assertTrue(procedure.service_id.reads_dwelling)
