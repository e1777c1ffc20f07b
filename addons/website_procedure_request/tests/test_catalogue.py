from urllib.parse import quote

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestCatalogue(WebsiteProcedureCommon):
    """The number of a request, typed in the box of the catalogue."""

    def test_a_number_leads_to_its_request(self):
        own = self.file_as(self.camille)
        for words in (own.number, own.number.lower().replace("-", " "), f"ma demande {own.number}"):
            found = self.url_open(f"/demarches?q={quote(words)}", allow_redirects=False)
            self.assertIn(f"/my/demandes/{own.id}", found.headers["Location"], words)
        # Somebody else, or nobody: the page that asks for the code, whether it exists or not.
        self.authenticate(None, None)
        for number in (own.number, "BAC-2026-9999"):
            found = self.url_open(f"/demarches?q={number}", allow_redirects=False)
            self.assertIn(f"/suivi?numero={number}", found.headers["Location"])
        self.sign_in(self.dominique)
        found = self.url_open(f"/demarches?q={own.number}", allow_redirects=False)
        self.assertIn(f"/suivi?numero={own.number}", found.headers["Location"])
