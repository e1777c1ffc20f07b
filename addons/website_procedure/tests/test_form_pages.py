from unittest.mock import patch

from odoo import Command

from odoo.addons.public_guard.exceptions import TooManyRequests

from .common import WebsiteProcedureCommon


class TestFormPages(WebsiteProcedureCommon):
    """A long form, page by page: what is typed follows, with and without account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.long = cls._procedure(
            "Longue démarche", "LONGUE", cls.waste, fields=cls._long_form(), slug="longue"
        )
        cls.long_path = "/demarches/longue/formulaire"

    @classmethod
    def _long_form(cls):
        asked = [Command.create({"key": "more", "value": "1"})]
        return [
            {"key": "p1", "type": "page", "label": "Vos enfants"},
            {"key": "name", "type": "char", "label": "Prénom", "required": True},
            {"key": "more", "type": "boolean", "label": "Autre chose"},
            {"key": "p2", "type": "page", "label": "Autre chose", "condition_ids": asked},
            {"key": "what", "type": "char", "label": "Quoi", "required": True},
            {"key": "p3", "type": "page", "label": "Pour finir"},
            {"key": "why", "type": "char", "label": "Pourquoi", "required": True},
            {
                "key": "detail",
                "type": "char",
                "label": "Précision",
                "required": True,
                "condition_ids": asked,
            },
            {"key": "paper", "type": "file", "label": "Papier"},
        ]

    def turn(self, page, action="next", files=None, **answers):
        """Press a button of this page; the page that comes next."""
        data = {**self.hidden(page), **answers, "_action": action}
        response = self.post(self.long_path, data, files)
        if response.status_code == 303:
            response = self.get(response.headers["Location"])
        return response

    def heading(self, page):
        return page.tree.xpath("//main//h2[@id='etape']")[0].text_content().strip()

    def test_page_by_page_to_the_request(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        self.assertEqual(self.heading(page), "Étape 1 sur 2\xa0: Vos enfants")
        self.assertTrue(self.title(page).startswith("Étape 1 sur 2 : Vos enfants"))
        self.assertFalse(page.tree.xpath("//main//*[@name='why'][@type='text']"))
        page = self.turn(page, name="Louis", more="1")
        self.assertEqual(self.heading(page), "Étape 2 sur 3\xa0: Autre chose")
        buttons = page.tree.xpath("//main//*[@class='et-actions']/button[@name='_action']")
        self.assertEqual(
            [" ".join(button.text_content().split()) for button in buttons],
            ["Suivant", "Précédent", "Garder et finir plus tard"],
        )
        page = self.turn(page, what="Un vélo")
        self.assertEqual(self.heading(page), "Étape 3 sur 3\xa0: Pour finir")
        response = self.turn(page, "send", why="Parce que", detail="Oui")
        self.assertIn("accuse", response.url)
        self.assertEqual(
            self.requests_of(self.long).answers,
            {"name": "Louis", "more": True, "what": "Un vélo", "why": "Parce que", "detail": "Oui"},
        )
        self.assertFalse(self.env["website.procedure.pending"].search([]))

    def test_next_lands_on_the_heading_of_the_page(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        data = {**self.hidden(page), "name": "Louis", "_action": "next"}
        response = self.post(self.long_path, data)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("?etape=2#etape"))

    def test_next_tells_only_what_is_wrong_here(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), more="1")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(list(self.errors(page)), ["name"])
        self.assertTrue(self.title(page).startswith("Erreur : Étape 1"))
        self.assertEqual(self.value(page, "more"), ["1"])

    def test_a_page_that_does_not_apply_is_not_shown_nor_its_questions(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis", more="0")
        self.assertEqual(self.heading(page), "Étape 2 sur 2\xa0: Pour finir")
        self.assertFalse(page.tree.xpath("//main//*[@id='f-detail']"))
        response = self.turn(page, "send", why="Rien")
        self.assertIn("accuse", response.url)

    def test_back_loses_nothing_and_refuses_nothing(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis", more="1")
        page = self.turn(page, what="Un vélo")
        page = self.turn(page, "back", why="Pas fini")
        self.assertEqual(self.value(page, "what"), "Un vélo")
        page = self.turn(page, what="Un kayak")
        self.assertEqual(self.value(page, "why"), "Pas fini")

    def test_send_goes_back_to_the_first_page_that_is_wrong(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis", more="0")
        data = {**self.hidden(page), "name": "", "why": "", "_action": "send"}
        page = self.post(self.long_path, data)
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self.heading(page), "Étape 1 sur 2\xa0: Vos enfants")
        self.assertIn("name", self.errors(page))
        summary = page.tree.xpath("//*[@id='erreurs']")[0].text_content()
        self.assertIn("Étape 2, «\xa0Pourquoi\xa0»", summary)

    def test_the_draft_opens_where_it_was_left(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis", more="1")
        self.turn(page, "later", what="À finir")
        page = self.get(self.long_path)
        self.assertEqual(self.heading(page), "Étape 2 sur 3\xa0: Autre chose")
        self.assertEqual(self.value(page, "what"), "À finir")

    def test_a_visitor_goes_through_the_same_pages_then_says_who_she_is(self):
        page = self.get(self.long_path)
        self.assertFalse(page.tree.xpath("//main//*[@name='contact_email']"))
        page = self.turn(page, name="Louis", more="1")
        self.assertEqual(self.heading(page), "Étape 2 sur 4\xa0: Autre chose")
        page = self.turn(page, what="Un vélo")
        page = self.turn(page, "next", [self.jpeg("paper")], why="Oui", detail="Non")
        self.assertEqual(self.heading(page), "Étape 4 sur 4\xa0: Comment vous répondre")
        page = self.turn(page, "send")
        self.assertIn("contact_lastname", self.errors(page))
        page = self.turn(page, "back", contact_lastname="Morel")
        self.assertEqual(self.heading(page), "Étape 3 sur 4\xa0: Pour finir")
        self.assertFalse(page.tree.xpath("//main//*[@name='contact_email'][@type='email']"))
        page = self.turn(page, why="Oui", detail="Non")
        self.assertEqual(self.value(page, "contact_lastname"), "Morel")
        page = self.turn(page, "send", **self._identity())
        self.assertTrue(page.url.endswith("/code"))
        code = self.get_code("Ana@Exemple.fr")
        data = {**self.hidden(page), "code": code, "_action": "send"}
        self.assertEqual(self.post(f"{self.long_path}/code", data).status_code, 303)
        request = self.requests_of(self.long)
        self.assertEqual(request.contact_lastname, "Morel")
        self.assertEqual(request.answers["what"], "Un vélo")
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")

    def test_an_expired_session_loses_no_page(self):
        page = self.get(self.long_path)
        page = self.turn(page, name="Louis", more="1")
        self.opener.cookies.clear()
        page = self.turn(page, what="Un vélo")
        self.assertIn("restée ouverte trop longtemps", self.notice(page))
        self.assertEqual(self.value(page, "what"), "Un vélo")
        page = self.turn(page, what="Un vélo")
        page = self.turn(page, why="Oui", detail="Non")
        page = self.turn(page, "send", **self._identity())
        self.assertTrue(page.url.endswith("/code"))

    def test_without_room_to_keep_the_pages_still_follow(self):
        page = self.get(self.long_path)
        Guard = type(self.env["public.guard"])
        hit = Guard._hit

        def refuse(guard, scope, *args):
            if scope == "procedure.page":
                raise TooManyRequests("Trop d'essais")
            return hit(guard, scope, *args)

        with patch.object(Guard, "_hit", refuse):
            page = self.turn(page, name="Louis", more="0")
            page = self.turn(page, why="Oui")
        self.assertEqual(self.heading(page), "Étape 3 sur 3\xa0: Comment vous répondre")
        self.assertFalse(self.env["website.procedure.pending"].search([]))
        page = self.turn(page, "send", **self._identity())
        self.assertTrue(page.url.endswith("/code"))

    def test_a_page_that_nobody_made_is_the_first(self):
        self.sign_in(self.camille)
        page = self.turn(self.get(self.long_path), name="Louis", more="0")
        for wanted in ("99", "-3", "x", "2' OR 1=1", "99999999999999999999"):
            page = self.get(f"{self.long_path}?etape={wanted}")
            self.assertEqual(page.status_code, 200)
        data = {**self.hidden(page), "_page": "nope", "name": "", "_action": "next"}
        self.assertEqual(list(self.errors(self.post(self.long_path, data))), ["name"])
