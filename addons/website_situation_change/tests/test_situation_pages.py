from odoo.tests import tagged

from odoo.addons.situation_change.tests.common import SituationCase
from odoo.addons.website_parts.tests.common import PageCase


@tagged("post_install", "-at_install")
class TestSituationPages(SituationCase, PageCase):
    def _links(self, page):
        return page.tree.xpath("//main//a/@href")

    def test_where_one_lives_leads_to_the_report(self):
        self.sign_in(self.camille)
        url = f"/demarches/{self.procedure.slug}/formulaire"
        self.assertIn(url, self._links(self.get("/my/foyer")))
        form = self.get(url)
        self.assertEqual(form.status_code, 200)
        asked = form.tree.xpath("//select[@name='situation_event']/option/@value")
        self.assertIn("death", asked)
        self.procedure.state = "suspended"
        self.assertNotIn(url, self._links(self.get("/my/foyer")))
        self.procedure.state = "published"
        self.sign_in(self.stranger)
        self.assertNotIn(url, self._links(self.get("/my/foyer")), "no household yet")

    def test_an_organisation_leads_to_its_own(self):
        self.sign_in(self.camille)
        page = self.get(f"/my/organisme/{self.association.id}")
        url = f"/demarches/{self.organisation_procedure.slug}/formulaire?pour={self.association.id}"
        self.assertIn(url, self._links(page))
        chosen = self.get(url).tree.xpath("//option[@selected]/@value | //input[@checked]/@value")
        self.assertIn(str(self.association.id), chosen)

    def test_the_page_of_the_request_says_what_became_of_each_line(self):
        request = self._report("phone", new_phone="03 29 55 55 55")
        path = f"/my/demandes/{request.id}"
        self.sign_in(self.camille)
        words = self._words(self.get(path))
        self.assertIn("+33329555555", words)
        self.assertIn("en cours de vérification", words)
        request.change_id.line_ids.with_user(self.family_agent).action_refuse("Numéro incomplet")
        words = self._words(self.get(path))
        self.assertIn("pas changé", words)
        self.assertIn("Numéro incomplet", words)
        for user in self.robin | self.sacha:
            self.sign_in(user)
            self.assertEqual(self.get(path).status_code, 404)

    def test_what_is_in_words_has_no_lines(self):
        request = self._report("correction", correction="Notre nom est mal écrit")
        self.sign_in(self.camille)
        page = self.get(f"/my/demandes/{request.id}")
        self.assertNotIn("Ce que vous avez signalé", self._words(page))

    def test_what_is_corrected_on_a_page_has_a_number(self):
        self.sign_in(self.camille)
        page = self.get("/my/foyer/depart")
        sent = {**self.hidden(page), "person": str(self.child.id), "date": "01/12/2026"}
        answer = self.post("/my/foyer/depart", sent)
        self.assertEqual(answer.status_code, 303)
        request = self.env["procedure.request"].search(
            [("applicant_id", "=", self.camille.partner_id.id)]
        )
        self.assertEqual(request.procedure_id, self.procedure)
        self.assertEqual(request.change_id.line_ids.mapped("type"), ["departure"])
        self.assertIn(request.number, self._words(self.get("/my/demandes")))

    def _words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())
