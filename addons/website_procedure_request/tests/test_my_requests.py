from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon, photo


class TestMyRequests(WebsiteProcedureCommon):
    def ask(self, request):
        """The agent asks for a better photo and for the number of persons."""
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [
                {"line_id": request.document_line_ids.id, "reason": "Photo illisible"},
                {"field_key": "persons", "reason": "Combien exactement ?"},
            ],
            message="Merci de compléter",
        )

    def test_what_she_has_just_sent_is_on_her_list_and_leads_to_its_acknowledgment(self):
        request = self.file_as(self.camille)
        request.sudo().date_submitted = "2026-07-14 22:30:00"
        self.assertIn(request.number, self.get("/my/demandes").text)
        page = self.get(f"/my/demandes/{request.id}")
        self.assertIn("15 juillet 2026, 0\xa0h\xa030", page.text)
        page = self.get(page.tree.xpath("//a/@href[contains(., 'accuse/')]")[0])
        self.assertIn("15/07/2026 00:30", page.text)
        (follow,) = page.tree.xpath("//main//a[@class='btn btn-primary']/@href")
        self.assertEqual(follow, f"/my/demandes/{request.id}")

    def test_she_keeps_her_answers_and_the_letter_when_they_cannot_be_drawn(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}/accuse.pdf"
        Request = self.registry["procedure.request"]
        summary = {"name": f"{request.number}.pdf", "content": b"%PDF-summary"}
        with patch.object(Request, "_get_summary_file", return_value=summary):
            answer = self.url_open(path)
            self.assertEqual(answer.content, b"%PDF-summary")
            self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
            self.assertIn(request.number, answer.headers["Content-Disposition"])
        with (
            patch.object(Request, "_get_summary_file", side_effect=UserError("Non")),
            mute_logger("odoo.addons.website_procedure_request.controllers.request_actions"),
        ):
            self.assertEqual(self.url_open(path).status_code, 200)
        self.sign_in(self.dominique)
        with patch.object(Request, "_get_summary_file", return_value=summary):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_state_is_in_plain_words_with_a_time_line(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}"
        page = self.get(path)
        self.assertIn("Vous avez envoyé la demande", page.text)
        self.assertEqual(len(page.tree.xpath("//li[@aria-current='step']")), 1)
        request.with_user(self.agent).action_take()
        self.assertIn("Nous étudions la demande", self.get(path).text)
        request.with_user(self.agent).action_refuse("Hors du territoire.")
        page = self.get(path)
        self.assertIn("Refusée", page.text)
        self.assertIn("Hors du territoire.", page.text)
        request.with_user(self.agent).action_reopen("Erreur")
        request.with_user(self.agent).action_accept("Bienvenue.", "Rendre l’ancien bac.")
        page = self.get(path)
        self.assertIn("Acceptée, sous conditions", page.text)
        self.assertIn("Rendre l’ancien bac.", page.text)
        self.assertNotIn(
            "Hors du territoire.", page.tree.xpath("//*[@id='reponse']/..")[0].text_content()
        )

    def test_two_parents_who_ask_for_one_child(self):
        """Each verified parent knows that the other one asked; a declared one knows nothing."""
        child = self.env["res.partner"].create(
            {"firstname": "Lou", "lastname": "Durand", "kind": "person", "birthdate": "2019-05-04"}
        )
        authorities = self.env["parental.authority"]
        for user in (self.camille, self.dominique):
            authorities |= authorities.sudo().create(
                {
                    "child_id": child.id,
                    "holder_id": user.partner_id.id,
                    "kind": "full",
                    "state": "verified",
                }
            )
        mine = self._submit(self.camille, subjects=child)
        self._submit(self.dominique, subjects=child)
        words = "Une autre demande existe pour Lou"
        self.sign_in(self.camille)
        self.assertIn(words, self.get(f"/my/demandes/{mine.id}").text)
        authorities[0].state = "contested"
        self.assertNotIn(words, self.get(f"/my/demandes/{mine.id}").text)

    def test_every_state_has_its_page(self):
        request = self.file_as(self.camille)
        for state, _label in request._fields["state"].selection:
            if state == "draft":
                continue
            request.sudo().state = state
            page = self.get(f"/my/demandes/{request.id}")
            self.assertEqual(page.status_code, 200, state)
            self.assertTrue(page.tree.xpath("//ol[@class='et-line']/li"), state)
            self.assertEqual(self.get("/my/demandes").status_code, 200)

    def test_resident_sends_only_what_is_asked(self):
        request = self.file_as(self.camille)
        self.ask(request)
        path = f"/my/demandes/{request.id}"
        page = self.get("/my")
        notice = page.tree.xpath("//*[contains(@class, 'et-notice--event')]")[0].text_content()
        self.assertIn("Nous attendons quelque chose de vous", notice)
        self.assertIn("Justificatif de domicile, Nombre de personnes", notice)
        page = self.get(path)
        self.assertIn("Photo illisible", page.text)
        form = "//form[contains(@action, '/completer')]"
        names = set(page.tree.xpath(f"{form}//*/@name"))
        self.assertEqual(names - {"csrf_token"}, {"proof", "persons"})
        data = {**self.hidden(page, form), "persons": "douze", "note": "Pas demandé"}
        response = self.post(f"{path}/completer", data)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.value(response, "persons"), "douze")
        data = {**self.hidden(response, form), "persons": "5", "note": "Pas demandé"}
        response = self.post(
            f"{path}/completer", data, [self.jpeg(name="mieux.jpg", content=photo("blue"))]
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(request.state, "in_review")
        self.assertEqual(request.answers["persons"], 5)
        self.assertEqual(request.answers["note"], "Bonjour")
        self.assertIn("Bien reçu", self.notice(self.get(response.headers["Location"])))
        # Sent again by a slip.
        del data["note"]
        response = self.post(
            f"{path}/completer", data, [self.jpeg(name="mieux.jpg", content=photo("blue"))]
        )
        self.assertEqual(response.status_code, 303)

    def test_a_former_answer_sent_as_it_was_answers_nothing(self):
        request = self.file_as(self.camille)
        self.ask(request)
        path = f"/my/demandes/{request.id}"
        form = "//form[contains(@action, '/completer')]"
        page = self.get(path)
        former = self.value(page, "persons")
        self.assertEqual(former, str(request.answers["persons"]))
        data = {**self.hidden(page, form), "persons": former}
        response = self.post(f"{path}/completer", data)
        self.assertEqual(response.status_code, 422)
        self.assertIn("votre réponse d'avant", self.errors(response)["persons"].replace("’", "'"))
        self.assertEqual(len(request._get_asked_items()), 2)
        # Beside something new, it stays asked, and nobody is told that all is well.
        response = self.post(
            f"{path}/completer", data, [self.jpeg(name="mieux.jpg", content=photo("blue"))]
        )
        self.assertEqual(response.status_code, 303)
        self.assertEqual(request.state, "to_complete")
        self.assertEqual([item["key"] for item in request._get_asked_items()], ["persons"])
        notice = self.notice(self.get(response.headers["Location"]))
        self.assertIn("manque encore", notice)
        self.assertNotIn("Nous reprenons", notice)

    def test_what_comes_after_the_agent_went_on_is_refused_aloud(self):
        request = self.file_as(self.camille)
        self.ask(request)
        path = f"/my/demandes/{request.id}"
        data = self.hidden(self.get(path), "//form[contains(@action, '/completer')]")
        request.with_user(self.agent).action_take()
        before = len(request.document_line_ids)
        for sent in ({"persons": "9"}, {}):
            response = self.post(
                f"{path}/completer", {**data, **sent}, [self.jpeg(content=photo("green"))]
            )
            self.assertEqual(response.status_code, 200)
            self.assertTrue(self.notice(response))
            self.assertNotIn("Bien reçu", self.notice(response))
        self.assertEqual(len(request.document_line_ids), before)

    def test_refused_file_of_a_completion_gets_its_sentence(self):
        request = self.file_as(self.camille)
        self.ask(request)
        path = f"/my/demandes/{request.id}"
        data = {**self.hidden(self.get(path), "//form[contains(@action, '/completer')]")}
        data["persons"] = "6"
        response = self.post(f"{path}/completer", data, [self.jpeg(content=b"MZ" * 300)])
        self.assertEqual(response.status_code, 422)
        self.assertIn("pas accepté", self.errors(response)["proof"])
        self.assertEqual(self.value(response, "persons"), "6")
        self.assertEqual(request.state, "to_complete")

    def test_messages_go_both_ways_and_notes_stay_inside(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}"
        form = "//form[contains(@action, '/message')]"
        data = {**self.hidden(self.get(path), form), "message": "Bonjour,\n<b>quand ?</b>"}
        for _twice in range(2):
            response = self.post(f"{path}/message", data)
            self.assertEqual(response.status_code, 303)
        asker = request.with_user(self.agent)
        asker.message_post(body="Demain.", subtype_xmlid="mail.mt_comment")
        asker.message_post(body="Secret de service", subtype_xmlid="mail.mt_note")
        page = self.get(path)
        messages = page.tree.xpath("//ol[@class='et-msgs']/li")
        self.assertEqual(len(messages), 2, "A message sent twice is one message")
        self.assertIn("<b>quand ?</b>", messages[0].text_content())
        self.assertIn("is-me", messages[0].get("class"))
        self.assertIn("Demain.", messages[1].text_content())
        self.assertNotIn("Secret de service", page.text)
        response = self.post(f"{path}/message", {**self.hidden(page, form), "message": " "})
        self.assertEqual(response.status_code, 422)
        self.assertIn("Écrivez votre message", self.errors(response)["message"])

    def test_messages_of_an_hour_are_counted(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}"
        for _time in range(30):
            self.env["public.guard"]._hit("procedure.message", str(request.id), 30, 3600)
        before = request.message_ids
        form = "//form[contains(@action, '/message')]"
        data = {**self.hidden(self.get(path), form), "message": "Encore moi"}
        response = self.post(f"{path}/message", data)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.notice(response))
        self.assertEqual(self.value(response, "message"), "Encore moi")
        self.assertEqual(request.message_ids, before)

    def test_file_of_a_message_is_downloaded_and_that_of_a_note_is_not(self):
        request = self.file_as(self.camille)
        agent = request.with_user(self.agent)
        comment = agent.message_post(
            body="Le plan", subtype_xmlid="mail.mt_comment", attachments=[("plan.txt", b"ici")]
        )
        note = agent.message_post(
            body="Note", subtype_xmlid="mail.mt_note", attachments=[("note.txt", b"non")]
        )
        base = f"/my/demandes/{request.id}/piece"
        response = self.url_open(f"{base}/{comment.sudo().attachment_ids.id}")
        self.assertEqual(response.content, b"ici")
        self.assertEqual(self.url_open(f"{base}/{note.sudo().attachment_ids.id}").status_code, 404)

    def test_document_is_a_download_and_never_a_page(self):
        request = self.file_as(self.camille)
        response = self.url_open(
            f"/my/demandes/{request.id}/fichier/{request.document_line_ids.id}"
        )
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"\xff\xd8"))
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", response.headers["Content-Security-Policy"])

    def test_cancelling_is_asked_first(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}"
        page = self.get(f"{path}/annuler")
        self.assertEqual(request.state, "submitted")
        response = self.post(f"{path}/annuler", {**self.hidden(page), "_action": "cancel"})
        self.assertEqual(response.status_code, 303)
        self.assertEqual(request.state, "cancelled")
        page = self.get(path)
        self.assertIn("Vous avez annulé la demande", page.text)
        self.assertFalse(page.tree.xpath("//a[contains(@href, '/annuler')]"))

    def test_cancelling_needs_its_own_button_and_an_open_request(self):
        request = self.file_as(self.camille)
        path = f"/my/demandes/{request.id}/annuler"
        sent = self.hidden(self.get(path))
        self.assertEqual(self.post(path, sent).status_code, 200)
        self.assertEqual(request.state, "submitted", "asked once more, not done")
        # The service answered while she was asked.
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept("Bienvenue.")
        response = self.post(path, {**sent, "_action": "cancel"})
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.notice(response))
        self.assertEqual(request.state, "accepted")
        response = self.url_open(path, allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_a_line_is_added_to_a_block_that_is_asked_again(self):
        """Without script: the page comes back with one row more, nothing is sent."""
        rows = self._procedure(
            "Liste d'essai",
            "LISTE",
            self.waste,
            fields=[
                {"key": "kids", "type": "block", "label": "Enfant"},
                {"key": "who", "type": "char", "label": "Prénom", "block_key": "kids"},
            ],
        )
        request = self._submit(procedure=rows, answers={"kids.0.who": "Léo"}, files={})
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "kids", "reason": "Il en manque un"}], message="Merci"
        )
        self.sign_in(self.camille)
        path = f"/my/demandes/{request.id}"
        form = "//form[contains(@action, '/completer')]"
        data = {**self.hidden(self.get(path), form), "kids.0.who": "Léo"}
        response = self.post(f"{path}/completer", {**data, "_add": "kids"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.value(response, "kids.0.who"), "Léo")
        self.assertEqual(self.value(response, "kids.1.who"), "")
        self.assertEqual(request.state, "to_complete")

    def test_cancelling_from_another_site_is_refused(self):
        request = self.file_as(self.camille)
        response = self.post(f"/my/demandes/{request.id}/annuler", {"_action": "cancel"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(request.state, "submitted")

    def test_another_site_neither_completes_nor_writes(self):
        request = self.file_as(self.camille)
        self.ask(request)
        path = f"/my/demandes/{request.id}"
        response = self.post(f"{path}/completer", {"persons": "5"}, [self.jpeg()])
        self.assertEqual(response.status_code, 200)
        self.assertIn("trop longtemps", self.notice(response))
        self.assertEqual(self.value(response, "persons"), "5", "what was typed is still there")
        self.assertEqual((request.state, request.answers["persons"]), ("to_complete", 4))
        before = request.message_ids
        form = "//form[contains(@action, '/message')]"
        data = {**self.hidden(self.get(path), form), "message": "De l'autre site"}
        del data["csrf_token"]
        response = self.post(f"{path}/message", data)
        self.assertEqual(response.status_code, 200)
        self.assertIn("trop longtemps", self.notice(response))
        self.assertEqual(self.value(response, "message"), "De l'autre site")
        self.assertEqual(request.message_ids, before)

    def test_list_shows_first_what_waits_for_an_answer(self):
        first = self.file_as(self.camille, note="un")
        self.file_as(self.camille, note="deux")
        self.ask(first)
        links = self.get("/my/demandes").tree.xpath("//tbody//a/@href")
        self.assertEqual(links[0], f"/my/demandes/{first.id}")
        self.assertEqual(len(links), 2)

    def test_long_list_has_pages_and_a_search(self):
        with freeze_time("2026-03-01"):
            self._submit(answers=self._answers())
            for number in range(24):
                self._submit(answers=self._answers(note=f"n{number}"))
        self._submit(procedure=self.full, answers={"line": "x", "agree": "1"}, files={})
        self.sign_in(self.camille)
        page = self.get("/my/demandes")
        self.assertEqual(len(page.tree.xpath("//tbody/tr")), 20)
        page = self.get("/my/demandes?page=2")
        self.assertEqual(len(page.tree.xpath("//tbody/tr")), 6)
        page = self.get("/my/demandes?q=tout")
        self.assertEqual(len(page.tree.xpath("//tbody/tr")), 1)
        self.assertIn("Aucune demande ne correspond", self.get("/my/demandes?q=zzz").text)
        for page_number in ("0", "-1", "99999999999999999999", "x", "[]"):
            self.assertEqual(self.get(f"/my/demandes?page={page_number}").status_code, 200)

    def test_list_costs_the_same_number_of_queries_with_many(self):
        self._submit()
        self._submit(answers=self._answers(note="2"))
        self.sign_in(self.camille)
        counts = [self.count_queries("/my/demandes"), self.count_queries("/my")]
        for number in range(18):
            self._submit(answers=self._answers(note=f"n{number}"))
        many = [self.count_queries("/my/demandes"), self.count_queries("/my")]
        self.assertCostsNoMore(counts, many)
        self.assertLess(max(counts), 70)

    def test_delegate_sees_the_requests_of_the_association(self):
        delegates = self._delegations(self.camille, self.dominique, name="Les Amis")
        association = delegates.organisation_id
        request = self._submit(acting_for=association)
        self.sign_in(self.dominique)
        path = f"/my/demandes/{request.id}"
        self.assertIn(request.number, self.get("/my/demandes").text)
        self.assertIn("Les Amis", self.get(path).text)
        delegates[1].sudo().state = "ended"
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertNotIn(request.number, self.get("/my/demandes").text)
