from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestRequestProgress(WebsiteProcedureCommon):
    def titles(self, page):
        return [
            " ".join(title.text_content().split()).partition(":")[2].strip()
            for title in page.tree.xpath("//ol[@class='et-line']/li/h3")
        ]

    def open(self, request):
        self.sign_in(self.camille)
        return self.get(f"/my/demandes/{request.id}")

    def test_an_opinion_is_said_to_be_asked_and_nothing_more(self):
        self.procedure.consulted_service_ids = self.school
        request = self.file_as(self.camille)
        request.sudo().opinion_ids.with_user(self.school_agent).action_give_unfavourable(
            "Trop loin"
        )
        page = self.open(request)
        self.assertIn("Nous demandons un avis", self.titles(page))
        for secret in ("Scolaire", "Trop loin", "éfavorable"):
            self.assertNotIn(secret, page.text)
