from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestSilencePage(WebsiteProcedureCommon):
    def test_implicit_decision_says_what_the_law_says(self):
        for kind, state, words in (
            ("implicit_accepted", "accepted", "droit à une attestation"),
            ("implicit_refused", "refused", "lui demander ses raisons"),
        ):
            request = self.file_as(self.camille)
            request.sudo()._decide(kind)
            request.sudo().state = state
            self.assertIn(words, self._status(request))

    def _status(self, request):
        self.sign_in(self.camille)
        page = self.get(f"/my/demandes/{request.id}")
        [section] = page.tree.xpath("//*[@id='etapes']/..")
        return " ".join(section.text_content().split())
