from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.procedure.filing import Filing


@tagged("post_install", "-at_install")
class TestWebsiteProcedureTheme(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env["territory.service"].create(
            {"name": "Service essai", "code": "theme_test", "kind": "epci"}
        )
        processing = cls.env["privacy.processing"].create(
            {
                "code": "theme_test",
                "name": "Traitement essai",
                "purpose": "Répondre",
                "legal_basis": "public_task",
                "person_categories": "Demandeurs",
                "data_categories": "Nom, adresse",
                "security_measures": "Accès par service",
                "dpo_contact": "dpo@exemple.test",
                "recipients": "Le service",
                "retention": "Un an",
                "rights_contact": "dpo@exemple.test",
            }
        )
        cls.procedures = cls.env["procedure.procedure"]
        for rank in range(2):
            procedure = cls.env["procedure.procedure"].create(
                {
                    "name": f"Démarche essai {rank}",
                    "code": f"THEME{rank}",
                    "sequence": rank,
                    "service_id": service.id,
                    "processing_id": processing.id,
                }
            )
            cls.env["procedure.version"].create(
                {
                    "procedure_id": procedure.id,
                    "field_ids": [
                        Command.create({"key": "wish", "type": "char", "label": "Souhait"})
                    ],
                }
            )
            procedure.action_publish()
            cls.procedures += procedure

    def test_the_home_page_lists_the_procedures_most_asked_first(self):
        for _number in range(2):
            self.env["procedure.request"]._submit(
                Filing(
                    procedure=self.procedures[1],
                    answers={"wish": "x"},
                    identity={"contact_firstname": "Ana", "contact_lastname": "Essai"},
                    channel="counter",
                )
            )
        page = self.url_open("/").text
        first, second = (
            page.find(f"/demarches/{procedure.slug}") for procedure in self.procedures[::-1]
        )
        self.assertGreater(first, 0)
        self.assertLess(first, second)

    def test_the_links_to_sign_up_go_to_our_page(self):
        self.assertIn('href="/inscription"', self.url_open("/web/login").text)

    def test_who_chooses_a_password_reads_how_long_it_is(self):
        new_test_user(self.env, login="theme_test_resident", groups="base.group_portal")
        self.authenticate("theme_test_resident", "theme_test_resident")
        self.assertRegex(self.url_open("/my/security").text, "12 (char|caract)")

    def test_a_suspended_procedure_is_on_no_page(self):
        self.procedures[0].action_suspend()
        for path in ("/", "/plan-du-site"):
            self.assertNotIn(self.procedures[0].slug, self.url_open(path).text)

    def test_your_data_prints_the_register(self):
        page = self.url_open("/donnees-personnelles").text
        self.assertIn("Traitement essai", page)
        self.assertEqual(page.count("Traitement essai"), 1)

    def test_the_site_bears_the_authority_s_name_until_it_has_its_own(self):
        website = self.env.ref("website.default_website")
        company = website.company_id
        company.name = "CC de l'Essai"
        self.assertEqual(website.name, "CC de l'Essai")
        website.name = "Le site de l'Essai"
        company.name = "CC de l'Essai et du Test"
        self.assertEqual(website.name, "Le site de l'Essai")

    def test_home_costs_the_same_with_more_procedures(self):
        Procedure = self.env["procedure.procedure"]
        Procedure._get_most_asked()
        with self.assertQueryCount(2):
            self.env.flush_all()
            self.env.invalidate_all()
            Procedure._get_most_asked().mapped("slug")
