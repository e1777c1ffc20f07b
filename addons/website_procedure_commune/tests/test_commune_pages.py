import base64

from odoo.addons.public_guard.tests.common import make_pdf

from .common import CommuneSite


class TestCommunePages(CommuneSite):
    def test_what_applies_is_read_before_the_first_question(self):
        page = self.get(f"{self.hall_path}/commune/vaubecourt")
        words = self._words(page)
        self.assertIn("Cinquante personnes au plus.", words)
        start = f"{self.hall_path}/formulaire?commune=55532"
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{start}']"))
        form = self.get(start)
        self.assertEqual(self.value(form, "where"), "Vaubecourt")
        self.assertIn("Cinquante personnes au plus.", self._words(form))

    def test_elsewhere_its_sentence_and_its_phone(self):
        page = self.get(f"{self.hall_path}/commune/revigny-sur-ornain")
        words = self._words(page)
        self.assertIn("Venez le mardi à la mairie.", words)
        self.assertIn("03 29 00 00 00", words)
        self.assertNotIn("Cinquante personnes", words)
        self.assertFalse(page.tree.xpath("//main//a[contains(@href, '/formulaire?')]"))

    def test_the_commune_chosen_leads_to_its_page(self):
        for insee, path in (("55532", "vaubecourt"), ("55427", "revigny-sur-ornain")):
            begun = self.url_open(
                f"{self.hall_path}/commencer?commune={insee}", allow_redirects=False
            )
            self.assertTrue(begun.headers["Location"].endswith(f"{self.hall_path}/commune/{path}"))

    def test_the_page_of_the_procedure_lists_each_commune(self):
        page = self.get(self.hall_path)
        links = page.tree.xpath("//main//dd//a/@href")
        self.assertIn(f"{self.hall_path}/commune/vaubecourt", links)
        self.assertIn(f"{self.hall_path}/commune/revigny-sur-ornain", links)
        self.assertIn("Par téléphone ou à l’accueil", self._words(page))

    def test_the_catalogue_says_it_of_her_commune(self):
        self.env["territory.commune.former"].create(
            {"name": "Ancienne", "commune_id": self.revigny.id}
        )
        page = self.get("/demarches")
        self.assertEqual(self.value(page, "commune"), "")
        words = self._words(page)
        self.assertIn("En ligne dans une commune", words)
        words = self._words(self.get("/demarches?commune=55427"))
        self.assertIn("Revigny-sur-Ornain : par téléphone", words.replace("\xa0", " "))
        self.camille.partner_id.sudo().commune_id = self.vaubecourt
        self.sign_in(self.camille)
        words = self._words(self.get("/demarches"))
        self.assertIn("Vaubecourt : en ligne", words.replace("\xa0", " "))

    def test_its_document_goes_with_what_it_says(self):
        file = self.env["procedure.commune.file"].create(
            {
                "commune_row_id": self.row.id,
                "name": "Règlement",
                "file": base64.b64encode(make_pdf()),
            }
        )
        path = f"{self.hall_path}/commune/vaubecourt/document/{file.id}"
        self.assertEqual(self.url_open(path).headers["Content-Type"], "application/pdf")
        other = f"{self.hall_path}/commune/revigny-sur-ornain/document/{file.id}"
        self.assertEqual(self.url_open(other).status_code, 404)
        for wrong in ("0", "abc", f"{file.id + 1}"):
            wrong_path = f"{self.hall_path}/commune/vaubecourt/document/{wrong}"
            self.assertEqual(self.url_open(wrong_path).status_code, 404)
        self.row.action_close()
        self.assertEqual(self.url_open(path).status_code, 404)
        self.row.action_open()
        self.hall.action_suspend()
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_search_and_site_map_follow(self):
        document = self.hall._get_search_document()
        self.assertEqual(set(document.commune_ids), set((self.vaubecourt | self.revigny).ids))
        urls = self.url_open("/sitemap.xml").text
        self.assertIn(f"{self.hall_path}/commune/vaubecourt<", urls)
        self.other_row.action_close()
        self.assertEqual(self.hall._get_search_document().commune_ids, self.vaubecourt.ids)

    def test_whatever_is_asked_nothing_breaks(self):
        for path in ("/commune/inconnue", "/commune/%00", "/commune/vaubecourt/document/%00"):
            self.assertIn(self.url_open(f"{self.hall_path}{path}").status_code, (400, 404))
        self.assertEqual(self.url_open(f"{self.path}/commune/vaubecourt").status_code, 404)
        for value in ("%00", "x" * 300, "[]"):
            self.assertLess(self.url_open(f"/demarches?commune={value}").status_code, 500)
