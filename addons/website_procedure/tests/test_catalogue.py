from datetime import timedelta

from odoo import Command

from odoo.addons.territory_base import clock

from .common import WebsiteProcedureCommon


class TestCatalogue(WebsiteProcedureCommon):
    def names(self, path):
        page = self.get(path)
        self.assertEqual(page.status_code, 200)
        return page.tree.xpath("//main//a[contains(@class, 'stretched-link')]/text()")

    def test_visitor_finds_the_procedures_by_topic(self):
        self._procedure("Ranger", "RANG", self.waste, topic_id=self._topic("Avant", "av", 0).id)
        names = self.names("/demarches")
        self.assertLess(names.index("Ranger"), names.index("Demander un bac"))
        self.assertEqual(self.names("/demarches?theme=test_dechets"), ["Demander un bac"])
        self.assertIn("Demander un bac", self.names("/demarches?public=test_habitants"))

    def test_procedure_for_everybody_is_in_each_audience(self):
        self.assertIn("Tout demander", self.names("/demarches?public=test_habitants"))
        self.full.audience_ids = self.env["territory.audience"].create(
            {"name": "Autres", "code": "test_autres"}
        )
        self.assertNotIn("Tout demander", self.names("/demarches?public=test_habitants"))

    def test_unpublished_procedure_does_not_exist(self):
        draft = self._procedure("Secret", "SECRET", self.waste, publish=False)
        self.assertNotIn("Secret", self.names("/demarches"))
        for path in (f"/demarches/{draft.slug}", f"/demarches/{draft.slug}/formulaire"):
            self.assertEqual(self.url_open(path).status_code, 404)
        self.procedure.action_suspend()
        self.assertEqual(self.url_open(self.path).status_code, 404)
        self.assertEqual(self.url_open("/demarches/rien").status_code, 404)

    def test_external_procedure_says_where_it_goes(self):
        external = self._procedure(
            "Payer la cantine",
            "PAYE",
            self.waste,
            publish=False,
            kind="external",
            external_url="https://payer.exemple.fr/",
            external_label="PayFiP",
        )
        external.action_publish()
        self.assertIn("PayFiP", self.get("/demarches").text)
        page = self.get(f"/demarches/{external.slug}")
        link = page.tree.xpath("//main//a[@href='https://payer.exemple.fr/']")[0]
        self.assertIn("autre site", link.text_content())
        self.assertEqual(link.get("rel"), "noopener noreferrer")
        response = self.url_open(f"/demarches/{external.slug}/formulaire", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_former_address_leads_to_the_new_one(self):
        self.procedure.slug = "obtenir-un-bac"
        for ending in ("", "/formulaire"):
            response = self.url_open(self.path + ending, allow_redirects=False)
            self.assertEqual(response.status_code, 301)
            self.assertEqual(response.headers["Location"], f"/demarches/obtenir-un-bac{ending}")
        self.full.slug = "demander-un-bac-test"
        self.assertIn("Tout demander", self.get(self.path).text)
        self.procedure.slug = "encore"
        self.procedure.slug = "obtenir-un-bac"
        self.assertEqual(self.get("/demarches/obtenir-un-bac").status_code, 200)

    def test_page_says_who_answers_and_how_to_start(self):
        page = self.get(self.path)
        self.assertIn(self.waste.email, page.text)
        self.assertIn("0399000001", page.text)
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.form_path}']"))
        self.procedure.commune_ids = [Command.set(self.vaubecourt.ids)]
        self.assertIn("Vaubecourt", self.get(self.path).text)

    def test_one_delay_is_promised_the_one_of_the_receipt(self):
        """The page said 2 days, the receipt 15 (inhabitant review, D7)."""
        self.procedure.write({"handling_days": 12, "delay_text": "Réponse sous 2 jours"})
        text = self.get(f"/demarches/{self.procedure.slug}").text
        self.assertIn("Réponse sous 12 jours.", text)
        self.assertNotIn("sous 2 jours", text)
        self.procedure.delay_text = "Après la délibération"
        text = self.get(f"/demarches/{self.procedure.slug}").text
        self.assertIn("Réponse sous 12 jours.", text)
        self.assertIn("Après la délibération", text)

    def test_the_public_is_told_when_it_opens_when_it_closed_and_what_it_costs(self):
        today = clock.today()
        later, before = today + timedelta(days=30), today - timedelta(days=1)
        self.procedure.write(
            {
                "date_open": later,
                "fee_url": "https://exemple.fr/tarifs",
                "contact_text": "En mairie, le mardi",
            }
        )
        for path in ("/demarches", self.path):
            text = self.get(path).text
            self.assertIn("Ouvre le" if path == "/demarches" else "ouvre le", text, path)
            self.assertIn(later.strftime("%d/%m/%Y"), text, path)
        page = self.get(self.path)
        self.assertIn("https://exemple.fr/tarifs", page.tree.xpath("//dd/a/@href"))
        self.assertIn("En mairie, le mardi", page.text)
        self.assertFalse(page.tree.xpath("//main//a[contains(@href, '/formulaire')]"))
        self.procedure.write({"date_open": False, "date_close": before})
        page = self.get(self.path)
        self.assertIn("a fermé le", page.text)
        self.assertIn(before.strftime("%d/%m/%Y"), page.text)
        self.procedure.write({"date_close": later, "season_kind": "school_year"})
        page = self.get(self.path)
        self.assertTrue(page.tree.xpath("//main//a[contains(@href, '/formulaire')]"))
        self.assertIn(self.procedure._get_season(), page.tree.xpath("//dd/text()"))

    def test_catalogue_and_presentation_are_in_the_site_map(self):
        # Without its cache: another test may have asked for it.
        self.env["ir.attachment"].search([("url", "=like", "/sitemap%")]).unlink()
        self.assertIn(self.path, self.url_open("/sitemap.xml").text)

    def test_catalogue_costs_the_same_number_of_queries_with_many(self):
        before = self.count_queries("/demarches")
        for number in range(20):
            self._procedure(
                f"Autre {number}",
                f"A{number}",
                self.waste,
                topic_id=self._topic(f"Thème {number}", f"t{number}", 5).id,
                audience_ids=[Command.set(self.audience.ids)],
            )
        self.assertLessEqual(self.count_queries("/demarches"), before)
        self.assertLess(before, 40)

    def test_sharing_prints_no_technical_name(self):
        for path in ("/demarches", self.path, self.form_path):
            page = self.get(path)
            self.assertTrue(page.tree.xpath("//meta[@property='og:title']/@content"), path)
            self.assertNotIn("Procedure", page.text, path)
