from urllib.parse import quote

from odoo import fields

from odoo.addons.territory_base import clock

from .common import WebsiteProcedureCommon


class TestCatalogueSearch(WebsiteProcedureCommon):
    """The box of the catalogue: what it finds, what it says when it finds nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.phone = "03 99 00 00 00"
        cls.Miss = cls.env["territory.search.miss"]
        cls.Miss.search([]).unlink()

    def search_page(self, words, more=""):
        return self.get(f"/demarches?q={quote(words)}{more}")

    def names(self, words, more=""):
        page = self.search_page(words, more)
        return page.tree.xpath("//main//a[contains(@class, 'stretched-link')]/text()")

    def test_words_lead_to_the_procedure(self):
        self.procedure.with_context(lang="fr_FR").keywords = "caissette, œuvre"
        for words in (
            "dechets",
            "DÉCHETS bac",
            "bac demander",
            "caissettes",
            "ma caisette est cassée",
            "foyer",
            "oeuvre",
        ):
            self.assertEqual(self.names(words)[:1], ["Demander un bac"], words)
        self.assertIn("Demander un bac", self.names("bac", "&public=test_habitants"))
        self.assertNotIn("Demander un bac", self.names("bac", "&theme=autre"))

    def test_without_result_a_telephone_in_the_box(self):
        page = self.search_page("zzzzz")
        box = page.tree.xpath("//main//*[contains(@class, 'et-empty')]")[0]
        self.assertEqual(box.xpath(".//a[@class='et-tel']/@href"), ["tel:0399000000"])
        self.assertIn("zzzzz", box.text_content())
        # On a phone the answer comes right below the box.
        self.assertFalse(page.tree.xpath("//main//*[contains(@class, 'et-chips')]"))
        self.assertEqual(page.tree.xpath("string(//h1)"), "Votre recherche")
        self.assertEqual(self.value(page, "q"), "zzzzz")

    def test_what_is_not_ours_says_whom_to_call(self):
        elsewhere = self.env["territory.search.elsewhere"].create(
            {
                "name": "Zeppelin",
                "words": "zeppelin",
                "answer": "À l’aérodrome.",
                "url": "https://exemple.fr/zeppelin",
            }
        )
        page = self.search_page("mon zepelin")
        box = page.tree.xpath(f"//*[@id='ailleurs-{elsewhere.id}']")[0]
        self.assertIn("À l’aérodrome.", box.text_content())
        self.assertEqual(box.xpath(".//a/@href"), ["tel:0399000000", "https://exemple.fr/zeppelin"])
        elsewhere.phone = "34 00"
        box = self.search_page("zeppelin").tree.xpath(f"//*[@id='ailleurs-{elsewhere.id}']")[0]
        self.assertEqual(box.xpath(".//a/@href")[0], "tel:3400")
        self.assertFalse(self.Miss.search([]), "It was answered")

    def test_what_is_typed_is_never_read_as_a_page(self):
        page = self.search_page("<script>alert(1)</script> zzzzz")
        self.assertNotIn("<script>alert", page.text)

    def test_a_number_leads_to_where_its_code_is_asked(self):
        """Whether it exists or not."""
        own = self._submit_without_account()
        for number in (own.number, "BAC-2026-9999"):
            found = self.url_open(f"/demarches?q={number}", allow_redirects=False)
            self.assertIn(f"/suivi?numero={number}", found.headers["Location"])

    def test_a_search_without_result_is_counted_for_the_staff(self):
        self.search_page("zzzzz 0612345678")
        miss = self.Miss.search([])
        self.assertEqual((len(miss), miss.words), (1, False))
        self.cr.execute(
            "UPDATE territory_search_miss SET date_last = %s",
            [fields.Date.subtract(clock.today(), days=1)],
        )
        self.env.invalidate_all()
        self.search_page("zzzzz 0612345678")
        self.env.invalidate_all()
        self.assertEqual(miss.words, "zzzzz")
        self.search_page("bac")
        self.assertEqual(len(self.Miss.search([])), 1)

    def test_one_address_does_not_fill_the_list(self):
        for number in range(35):
            self.search_page(f"zzz{'abcdefghijklmnopqrstuvwxyz'[number % 26] * (3 + number)}")
        self.assertEqual(len(self.Miss.search([])), 30)

    def test_a_search_costs_the_same_number_of_queries_with_many(self):
        before = self.count_queries("/demarches?q=bac")
        for number in range(20):
            self._procedure(f"Un bac {number}", f"A{number}", self.waste)
        self.assertLessEqual(self.count_queries("/demarches?q=bac"), before)
        self.assertLess(before, 45)

    def test_find_on_a_phone_puts_the_cursor_in_the_box(self):
        self.assertTrue(
            self.get("/demarches?chercher=1").tree.xpath("//input[@id='q'][@autofocus]")
        )
        self.assertFalse(self.get("/demarches").tree.xpath("//input[@id='q'][@autofocus]"))
