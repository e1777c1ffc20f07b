from unittest.mock import patch

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon, photo

FORM = "//form[contains(@action, '/completer')]"
MESSAGE = "//form[contains(@action, '/message')]"
WORDS = "Il nous manque une photo nette.\nMerci."


class TestRequestFiles(WebsiteProcedureCommon):
    """Files given to a request already sent: at once, seen again, and sent by the button alone."""

    def setUp(self):
        super().setUp()
        self.Pending = self.env["website.procedure.pending"]
        self.request = self.file_as(self.camille)
        self.ask(self.request)
        self.path = f"/my/demandes/{self.request.id}"

    def ask(self, request):
        items = [
            {"line_id": request.document_line_ids.id, "reason": "Photo illisible"},
            {"field_key": "persons", "reason": "Combien ?"},
        ]
        request.with_user(self.agent).action_ask_completion(items, WORDS)

    def give(self, *files, form=FORM, field="proof", page=None, status=200, **data):
        page = page or self.get(self.path)
        data = {**self.hidden(page, form), "_field": field, **data}
        files = files or [self.jpeg(field, "nette.jpg", photo("blue"))]
        response = self.url_open(f"{self.path}/depot", data=data, files=files)
        self.assertEqual(response.status_code, status, response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response.json()

    def given(self):
        return self.env["website.procedure.pending.file"].search([], order="id desc")

    def names(self, form=FORM):
        kept = self.get(self.path).tree.xpath(f"{form}//*[@data-kept]/li//b")
        return [name.text for name in kept]

    # Asked

    def test_the_words_of_the_agent_are_beside_what_she_asks(self):
        page = self.get(self.path)
        [words] = page.tree.xpath("//*[@id='a-completer']//blockquote")
        self.assertIn(WORDS, words.text_content())
        self.assertIn("Déchets vous écrit", " ".join(words.text_content().split()))
        for name, reason in (("proof", "Photo illisible"), ("persons", "Combien ?")):
            [field] = page.tree.xpath(f"//*[@id='f-{name}-a']")
            self.assertIn(reason, field.text_content())
        # Asked again, in other words or in none.
        self.request.with_user(self.agent).action_take()
        item = {"field_key": "persons", "reason": "Encore"}
        self.request.with_user(self.agent).action_ask_completion([item])
        self.assertFalse(self.get(self.path).tree.xpath("//blockquote"))

    # Given

    def test_a_file_is_kept_seen_and_sent_by_the_button(self):
        answer = self.give()
        self.assertEqual((answer["room"], answer["claim"]), (1, ""))
        self.assertIn("prêt à être envoyé", answer["kept"])
        file = self.given()
        own = f"{self.path}/depot/{file.id}"
        self.assertIn(f'href="{own}"', answer["kept"])
        for door in (own, f"{own}/vignette"):
            seen = self.url_open(door)
            self.assertEqual(seen.headers["Content-Type"], "image/jpeg")
            self.assertIn("no-store", seen.headers["Cache-Control"])
        # The service reads nothing of it as long as it has not left.
        self.assertEqual(len(self.request.document_line_ids.document_id), 1)
        self.assertEqual(self.request.state, "to_complete")
        self.assertEqual(self.names(), ["nette.jpg"])
        page = self.get(self.path)
        self.assertFalse(page.tree.xpath(f"{FORM}//input[@type='file'][@required]"))
        self.post(f"{self.path}/completer", {**self.hidden(page, FORM), "persons": "5"})
        self.assertEqual(self.request.state, "in_review")
        self.assertIn("nette.jpg", self.request.document_line_ids.document_id.mapped("name"))
        self.assertFalse(self.given())
        self.assertFalse(self.Pending.search([("answered_request_id", "!=", False)]))
        self.assertEqual(self.url_open(own).status_code, 404)

    def test_without_script_it_leaves_with_the_form_and_stays_when_that_is_refused(self):
        page = self.get(self.path)
        data = {**self.hidden(page, FORM), "persons": "douze"}
        blue = self.jpeg(name="nette.jpg", content=photo("blue"))
        page = self.post(f"{self.path}/completer", data, [blue])
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self.names(), ["nette.jpg"])
        data = {**self.hidden(page, FORM), "persons": "5"}
        self.assertEqual(self.post(f"{self.path}/completer", data).status_code, 303)
        self.assertIn("nette.jpg", self.request.document_line_ids.document_id.mapped("name"))

    def test_it_is_taken_back_or_replaced(self):
        self.give()
        former = self.given()
        page = self.get(self.path)
        replaced = {**self.hidden(page, FORM), "_replace": former.id, "persons": "7"}
        page = self.post(f"{self.path}/completer", replaced)
        self.assertEqual(self.value(page, "persons"), "7", "What was typed is there")
        self.assertEqual(self.hidden(page, FORM)["_replaces"], str(former.id))
        self.give(self.jpeg(name="encore.jpg", content=photo("green")), page=page)
        self.assertEqual(self.names(), ["encore.jpg"])
        data = {**self.hidden(page, FORM), "_remove": self.given().id}
        self.post(f"{self.path}/completer", data)
        self.assertEqual(self.names(), [])
        self.assertEqual(self.request.state, "to_complete")

    def test_files_of_a_message_wait_for_it_apart(self):
        self.give()
        for colour in ("red", "green"):
            file = self.jpeg("_piece", f"{colour}.jpg", photo(colour))
            answer = self.give(file, form=MESSAGE, field="_piece")
        self.assertEqual(answer["room"], 1)
        self.assertEqual(
            (self.names(), self.names(MESSAGE)), (["nette.jpg"], ["red.jpg", "green.jpg"])
        )
        page = self.get(self.path)
        data = {**self.hidden(page, MESSAGE), "_remove": self.given()[0].id, "message": "Voici"}
        page = self.post(f"{self.path}/message", data)
        self.assertEqual(self.value(page, "message"), "Voici")
        data = {**self.hidden(page, MESSAGE), "message": "Voici"}
        for _twice in range(2):
            self.assertEqual(self.post(f"{self.path}/message", data).status_code, 303)
        [message] = self.request.message_ids.filtered(lambda one: "Voici" in (one.body or ""))
        self.assertEqual(message.attachment_ids.mapped("name"), ["red.jpg"])
        self.assertEqual((self.names(), self.names(MESSAGE)), (["nette.jpg"], []))

    # Refused

    def test_what_is_not_asked_takes_no_file(self):
        for field in ("", "persons", "note", "x", "_piece2", "proof.1"):
            with self.subTest(field):
                file = self.jpeg(field or "x")
                self.assertIn("Aucun fichier", self.give(file, field=field, status=404)["error"])
        self.assertIn("ouverte", self.give(csrf_token="x", status=403)["error"])
        self.give(self.jpeg(), self.jpeg(name="b.jpg"), status=400)
        self.give(("proof", ("a.jpg", b"MZ" * 300, "image/jpeg")), status=422)
        self.assertFalse(self.given())

    def test_once_the_agent_went_on_it_is_refused_aloud(self):
        page = self.get(self.path)
        self.give(page=page)
        self.request.with_user(self.agent).action_take()
        self.give(page=page, status=404)
        response = self.post(f"{self.path}/completer", self.hidden(page, FORM))
        self.assertEqual(response.status_code, 200)
        self.assertIn("plus demandé", self.notice(response))
        self.assertEqual(len(self.request.document_line_ids.document_id), 1)

    def test_once_she_gave_up_nothing_is_given(self):
        page = self.get(self.path)
        self.request.sudo()._cancel(by=self.camille.partner_id)
        self.give(page=page, status=404)
        self.assertFalse(self.given())

    def test_nobody_else_reaches_it(self):
        page = self.get(self.path)
        self.give(page=page)
        file = self.given()
        doors = [
            f"{self.path}/depot/{file.id}",
            f"{self.path}/depot/{file.id}/vignette",
            f"/suivi/{self.request.number}/depot/{file.id}",
            f"/demarches/demander-un-bac-test/fichier/{file.id}",
            f"/web/content/{file._name}/{file.id}/content",
        ]
        self.assertEqual(self.url_open(doors[0]).status_code, 200)
        for door in doors[2:]:
            self.assertEqual(self.url_open(door).status_code, 404, door)
        for stranger in (self.dominique, self.agent, None):
            if stranger:
                self.sign_in(stranger)
            else:
                self.authenticate(None, None)
            for door in doors:
                answer = self.url_open(door, allow_redirects=False)
                self.assertIn(answer.status_code, (303, 404), door)
            data = {**self.hidden(page, FORM), "_field": "proof"}
            answer = self.url_open(
                f"{self.path}/depot", data=data, files=[self.jpeg()], allow_redirects=False
            )
            self.assertIn(answer.status_code, (303, 404))
        self.assertEqual(self.given(), file)

    def test_another_delegate_gives_her_own(self):
        delegates = self._delegations(self.camille, self.dominique, name="Les Amis")
        self.request = self._submit(acting_for=delegates.organisation_id)
        self.ask(self.request)
        self.path = f"/my/demandes/{self.request.id}"
        self.sign_in(self.camille)
        self.give()
        hers = self.given()
        self.sign_in(self.dominique)
        self.assertEqual(self.names(), [])
        for way in ("", "/vignette"):
            answer = self.url_open(f"{self.path}/depot/{hers.id}{way}")
            self.assertEqual(answer.status_code, 404)
        page = self.get(self.path)
        data = {**self.hidden(page, FORM), "_remove": hers.id, "_replaces": hers.id}
        self.post(f"{self.path}/completer", data)
        self.give(self.jpeg(name="autre.jpg", content=photo("green")), _replaces=hers.id)
        self.assertEqual(self.names(), ["autre.jpg"])
        self.assertTrue(hers.exists())

    def test_by_number_and_code_what_was_given_is_there(self):
        self.authenticate(None, None)
        self.request, code = self.file_as_visitor()
        self.ask(self.request)
        self.path = f"/suivi/{self.request.number}"
        self.give()
        file = self.given()
        own = f"{self.path}/depot/{file.id}"
        self.assertEqual(self.url_open(own).status_code, 200)
        self.assertEqual(self.names(), ["nette.jpg"])
        # Another browser shows them first.
        self.authenticate(None, None)
        self.assertEqual(self.url_open(own).status_code, 404)
        page = self.get("/suivi")
        data = {**self.hidden(page), "numero": self.request.number, "code": code}
        self.post("/suivi", data)
        self.assertEqual(self.url_open(own).status_code, 200)
        page = self.get(self.path)
        self.post(f"{self.path}/completer", {**self.hidden(page, FORM), "persons": "5"})
        self.assertIn("nette.jpg", self.request.document_line_ids.document_id.mapped("name"))

    def test_so_many_files_an_hour(self):
        target = "odoo.addons.website_parts.tools.upload.MAX_UPLOADS_AN_HOUR"
        with patch(target, 0):
            self.give(status=422)

    def test_what_waits_is_no_draft_and_goes(self):
        self.give()
        waiting = self.given().pending_id
        self.assertFalse(self.Pending._find_draft(self.procedure, self.camille.partner_id))
        self.assertNotIn("brouillon", self.get("/my/demandes").text)
        waiting.date_expire = "2020-01-01"
        self.assertEqual(self.names(), [])
        self.give()
        self.assertEqual(len(self.given()), 1, "One place for each person and request")
        self.given().pending_id.date_expire = "2020-01-01"
        self.Pending._gc_pending()
        self.assertFalse(self.given())
