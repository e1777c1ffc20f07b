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

    def test_her_own_address_is_changed_by_herself(self):
        self.sign_in(self.camille)
        form = self.get(f"/demarches/{self.procedure.slug}/formulaire")
        self.assertIn("/my/account/courriel", self._links(form))

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
        self.assertIn("03 29 55 55 55", words)
        self.assertIn("en cours de vérification", words)
        request.change_id.line_ids.with_user(self.family_agent).action_refuse("Numéro incomplet")
        words = self._words(self.get(path))
        self.assertIn("pas changé", words)
        self.assertIn("Numéro incomplet", words)
        for user in self.robin | self.sacha:
            self.sign_in(user)
            self.assertEqual(self.get(path).status_code, 404)

    def test_a_postcode_that_lacks_is_told_beside_it(self):
        self.sign_in(self.camille)
        path = f"/demarches/{self.procedure.slug}/formulaire"
        page = self.get(path)
        said = {
            "situation_event": "move",
            "new_address.street": "4 rue du Bourg",
            "new_address.commune": "Bar-le-Duc",
            "date_event": "2026-11-20",
        }
        page = self.post(path, {**self.hidden(page), **said, "_action": "send"})
        self.assertIn("code postal", self.errors(page)["new_address.zip"])
        (link,) = page.tree.xpath("//*[@role='alert']//a[contains(., 'code postal')]/@href")
        self.assertEqual(link, "#f-new_address-zip")

    def test_days_are_written_as_people_say_them(self):
        request = self._report(
            "move",
            **{"new_address.street": "5 rue Haute", "new_address.commune": "99002"},
            date_event="2027-01-01",
        )
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        told = "5 rue Haute, 99200 Clairval, à partir du 1er janvier 2027"
        self.assertIn(told, self._words(self.get(path)))
        request.change_line_ids.with_user(self.family_agent).action_accept()
        self.assertIn(told, self._words(self.get(path)))
        self.assertIn(told, self._words(self.get("/my/foyer")))
        mail = self._told(request).filtered(lambda each: "est acceptée" in (each.subject or ""))
        self.assertIn("à partir du 1er janvier 2027", mail.body_html)

    def test_the_title_of_a_request_is_a_noun_and_its_line_a_sentence(self):
        where = {"new_address.street": "5 rue Haute", "new_address.commune": "99002"}
        request = self._report(
            "separation", who_leaves="me", date_event="2026-11-20", **where
        ).with_context(lang="fr_FR")
        self.assertEqual(request._get_short_name(), "Départ et nouvelle adresse")
        self.sign_in(self.camille)
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn("Départ et nouvelle adresse", self._words(page))
        self.assertIn("Je pars, et j’habite", self._words(page))

    def test_lists_and_pages_say_the_event(self):
        request = self._report(
            "arrival",
            adult_firstname="Ida",
            adult_lastname="Roi",
            adult_birthdate="1985-02-02",
            adult_email="ida@exemple.fr",
        )
        self.sign_in(self.camille)
        title = "Changement dans le foyer : Arrivée dans le foyer (Ida Roi)"
        self.assertIn(title, self._words(self.get("/my/demandes")))
        page = self.get(f"/my/demandes/{request.id}")
        self.assertEqual(" ".join(page.tree.xpath("string(//h1)").split()), title)
        self.assertNotIn("Une invitation a été envoyée", self._words(page))
        request.change_line_ids.with_user(self.family_agent).action_accept()
        words = self._words(self.get(f"/my/demandes/{request.id}"))
        self.assertIn("Une invitation a été envoyée à Ida Roi", words)

    def test_an_invitation_is_promised_for_once_it_is_accepted(self):
        self.sign_in(self.camille)
        said = "Une invitation y part quand le service a vérifié"
        for path in ("/my/foyer/arrivee", f"/demarches/{self.procedure.slug}/formulaire"):
            self.assertIn(said, self._words(self.get(path)), path)

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
