from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.website_parts.tools.web import LINK_TRIES
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

FORGED = ("x", "AAAA", "é", "../../web", "0" * 900)


class TestOpinionPage(WebsiteProcedureCommon):
    """The mayor of another commune gives an opinion by the link of a mail."""

    def setUp(self):
        super().setUp()
        self.request = self._submit(answers=self._answers(note="Digicode 4321"))
        self.request.with_user(self.agent).action_consult(
            "L'accès est-il possible ?",
            contact_name="Mairie de Condé",
            contact_email="mairie@exemple.fr",
            shown_field_ids=self.procedure.version_id.field_ids.filtered(
                lambda field: field.key == "persons"
            ).ids,
        )
        self.opinion = self.request.sudo().opinion_ids
        self.path = self.opinion._get_link()

    def give(self, path=None, **values):
        path = path or self.path
        data = {"avis": "favourable", "texte": "", "nom": "Claude Martin, maire", **values}
        return self.post(path, {**self.hidden(self.get(path)), **data})

    def lead(self, response):
        return " ".join(response.tree.xpath("//main")[0].text_content().split())

    def test_who_is_consulted_reads_the_question_and_what_is_shared_only(self):
        page = self.get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("L'accès est-il possible ?", self.lead(page))
        self.assertIn("Nombre de personnes", page.text)
        for secret in ("Camille", "Durand", "Digicode", "rue du Moulin", "camille@exemple.fr"):
            self.assertNotIn(secret, page.text)

    def test_opinion_is_given_once(self):
        response = self.give()
        self.assertEqual(response.status_code, 303)
        self.assertIn("Merci", self.get(response.headers["Location"]).text)
        self.assertEqual(self.opinion.state, "favourable")
        self.assertEqual(self.opinion.author_name, "Claude Martin, maire")
        page = self.get(self.path)
        self.assertIn("déjà", self.lead(page))
        self.assertFalse(page.tree.xpath("//main//form"))

    def test_sent_twice_it_has_one_effect(self):
        data = {**self.hidden(self.get(self.path)), "avis": "favourable", "nom": "Claude"}
        self.post(self.path, data)
        notes = len(self.request.message_ids)
        response = self.post(self.path, {**data, "avis": "unfavourable", "texte": "Non"})
        self.assertEqual(response.status_code, 200)
        self.assertIn("déjà", self.lead(response))
        self.assertEqual(self.opinion.state, "favourable")
        self.assertEqual(len(self.request.message_ids), notes)

    def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(self):
        response = self.give(avis="", nom="")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(set(self.errors(response)), {"avis", "nom"})
        response = self.give(avis="unfavourable", nom="Claude")
        self.assertEqual(set(self.errors(response)), {"texte"})
        self.assertEqual(self.value(response, "nom"), "Claude")
        self.assertEqual(self.value(response, "avis"), ["unfavourable"])
        self.assertEqual(self.opinion.state, "asked")

    def test_other_site_gives_nothing(self):
        response = self.post(self.path, {"avis": "favourable", "nom": "Claude"})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.value(response, "nom"), "Claude")
        self.assertEqual(self.opinion.state, "asked")

    def test_forged_unknown_replaced_and_expired_links_say_the_same(self):
        former, self.path = self.path, self.opinion._issue_link()
        paths = [former, *(f"/avis/{token}" for token in FORGED if "/" not in token)]
        words = {self.lead(self.get(path)) for path in paths}
        self.assertEqual(len(words), 1)
        self.assertEqual({self.get(path).status_code for path in paths}, {404})
        data = {**self.hidden(self.get(self.path)), "avis": "favourable", "nom": "Moi"}
        for path in paths:
            self.assertEqual(self.post(path, data).status_code, 404)
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.assertEqual({self.lead(self.get(self.path))}, words)
        self.assertEqual(self.opinion.state, "asked")

    def test_link_of_a_decided_request_says_that_nothing_is_to_be_done(self):
        self.request.with_user(self.agent).action_accept("Oui.")
        page = self.get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("rien à faire", self.lead(page))
        self.assertFalse(page.tree.xpath("//main//form"))

    def test_page_is_kept_by_nobody(self):
        for path in (self.path, "/avis/x"):
            headers = self.get(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertEqual(headers["X-Robots-Tag"], "noindex")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_tries_are_counted(self):
        for _each in range(LINK_TRIES - 1):
            self.env["public.guard"]._hit("procedure.opinion", "127.0.0.1", LINK_TRIES, 900)
        for _each in range(2):
            self.assertEqual(self.get(self.path).status_code, 200, "hers counts nothing")
        self.assertEqual(self.get("/avis/x").status_code, 404)
        response = self.get(self.path)
        self.assertEqual(response.status_code, 429)
        self.assertNotIn("L'accès", response.text)
