import time
from unittest.mock import patch

from odoo import Command

from odoo.addons.procedure.exceptions import AnswersInvalid

from ..controllers import form_session
from .common import WebsiteProcedureCommon
from .test_form_types import CHILD


class TestFormVisitor(WebsiteProcedureCommon):
    def fill(self, **answers):
        """A visitor fills in the form; the answer of the server."""
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity(), **answers}
        return self.post(self.form_path, data, [self.jpeg()])

    def send_code(self, code, action="send"):
        page = self.get(f"{self.form_path}/code")
        data = {**self.hidden(page), "code": code, "_action": action}
        return self.post(f"{self.form_path}/code", data)

    def test_the_need_comes_before_who_asks(self):
        """On a page of one piece and on one of several parts, for the eye and for the ear."""
        page = self.get(self.form_path)
        names = page.tree.xpath("//main//fieldset[contains(@class, 'et-step')]//@name")
        first_of_her = next(rank for rank, name in enumerate(names) if name.startswith("contact_"))
        asked = {field.key for field in self.procedure.version_id.field_ids}
        before = {name.partition(".")[0] for name in names[:first_of_her]}
        self.assertTrue(before)
        self.assertLessEqual(before, asked)
        self.assertTrue(all(name.startswith("contact_") for name in names[first_of_her:]))
        legends = page.tree.xpath("//main//fieldset[contains(@class, 'et-step')]/legend")
        words = [" ".join(legend.text_content().split()) for legend in legends]
        self.assertEqual(words[-1], f"{len(words)} Comment vous répondre")
        self.assertEqual([word.split()[0] for word in words], list("123456789")[: len(words)])
        data = {**self.hidden(page), "_action": "send"}
        errors = [name for name in self.errors(self.post(self.form_path, data)) if name]
        ranks = [name.startswith("contact_") for name in errors]
        self.assertEqual(ranks, sorted(ranks), "The summary follows the page")

    def test_visitor_proves_the_address_then_the_request_exists(self):
        response = self.fill()
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self.requests_of(), "Nothing reaches the service before the code")
        page = self.get(response.headers["Location"])
        self.assertIn("Ana@Exemple.fr", page.text)
        response = self.send_code(self.get_code("Ana@Exemple.fr"))
        self.assertEqual(response.status_code, 303)
        request = self.requests_of()
        self.assertFalse(request.applicant_id)
        self.assertEqual(request.contact_email, "Ana@exemple.fr")
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")
        page = self.get(response.headers["Location"])
        self.assertIn(request.number, page.text)
        self.assertIn("Créer mon compte", page.text)

    def test_wrong_code_is_said_and_another_can_be_asked(self):
        self.fill()
        response = self.send_code("000")
        self.assertEqual(response.status_code, 422)
        self.assertIn("pas le bon code", self.errors(response)["code"])
        former = self.get_code("Ana@Exemple.fr")
        response = self.send_code("", action="again")
        again = self.get(response.headers["Location"])
        self.assertIn("Un autre code est en route", self.notice(again))
        if former != self.get_code("Ana@Exemple.fr"):
            self.assertEqual(self.send_code(former).status_code, 422)
        self.assertFalse(self.requests_of())
        self.assertEqual(self.send_code(self.get_code("Ana@Exemple.fr")).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_five_wrong_codes_close_the_code(self):
        self.fill()
        code = self.get_code("Ana@Exemple.fr")
        wrong = "000000" if code != "000000" else "000001"
        for _try in range(5):
            self.send_code(wrong)
        self.assertEqual(self.send_code(code).status_code, 422)
        self.assertFalse(self.requests_of())

    def test_codes_sent_to_one_address_are_limited(self):
        data = {**self.hidden(self.get(self.form_path)), **self.typed(), **self._identity()}
        for _try in range(5):
            self.assertEqual(self.post(self.form_path, data).status_code, 303)
        response = self.post(self.form_path, {**data, "note": "À garder"})
        self.assertEqual(response.status_code, 200)
        self.assertIn("Trop d’essais", self.notice(response))
        self.assertEqual(self.value(response, "note"), "À garder")

    def test_answers_are_corrected_before_the_code(self):
        self.fill(note="Fote")
        response = self.send_code("", action="back")
        page = self.get(response.headers["Location"])
        self.assertEqual(self.value(page, "note"), "Fote")
        self.assertEqual(self.value(page, "contact_lastname"), "Morel")
        self.assertIn("facture.jpg", page.text)
        data = {**self.hidden(page), **self.typed(note="Faute"), **self._identity()}
        response = self.post(self.form_path, data)
        # The code of what she had read before sends nothing else.
        self.send_code(self.get_code("Ana@Exemple.fr"))
        self.assertFalse(self.requests_of())
        self.send_read(self.form_path, self.get(response.headers["Location"]))
        self.send_code(self.get_code("Ana@Exemple.fr"))
        self.assertEqual(self.requests_of().answers["note"], "Faute")
        self.assertEqual(len(self.requests_of().document_line_ids), 1)

    def test_code_typed_twice_is_one_request(self):
        self.fill()
        page = self.get(f"{self.form_path}/code")
        data = {**self.hidden(page), "code": self.get_code("Ana@Exemple.fr"), "_action": "send"}
        first = self.post(f"{self.form_path}/code", data)
        second = self.post(f"{self.form_path}/code", data)
        self.assertEqual((first.status_code, second.status_code), (303, 303))
        self.assertEqual(len(self.requests_of()), 1)
        self.assertIn("pas partie deux fois", self.get(second.headers["Location"]).text)

    def test_form_sent_again_after_the_code_is_one_request(self):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity()}
        self.post(self.form_path, data, [self.jpeg()])
        self.send_code(self.get_code("Ana@Exemple.fr"))
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertIn("accuse", response.headers["Location"])
        self.assertEqual(len(self.requests_of()), 1)

    def test_two_tabs_of_a_visitor_make_two_requests_only_if_they_differ(self):
        tabs = [self.hidden(self.get(self.form_path)) for _tab in range(2)]
        for tab, note in zip(tabs, ("Un", "Deux"), strict=True):
            data = {**tab, **self.typed(note=note), **self._identity()}
            self.post(self.form_path, data, [self.jpeg()])
            page = self.get(f"{self.form_path}/code")
            tab["code_page"] = self.hidden(page)
            code = self.get_code("Ana@Exemple.fr")
        for tab in tabs:
            data = {**tab["code_page"], "code": code, "_action": "send"}
            response = self.post(f"{self.form_path}/code", data)
            if response.status_code == 422:
                # A code serves once: the second tab asks for its own.
                self.post(f"{self.form_path}/code", {**data, "_action": "again"})
                data["code"] = self.get_code("Ana@Exemple.fr")
                response = self.post(f"{self.form_path}/code", data)
            self.assertEqual(response.status_code, 303)
        self.assertEqual(
            sorted(request.answers["note"] for request in self.requests_of()), ["Deux", "Un"]
        )

    def test_expired_session_at_the_code_keeps_the_form(self):
        self.fill()
        page = self.get(f"{self.form_path}/code")
        data = {**self.hidden(page), "code": self.get_code("Ana@Exemple.fr"), "_action": "send"}
        self.opener.cookies.clear()
        response = self.post(f"{self.form_path}/code", data)
        self.assertEqual(response.status_code, 200)
        self.assertIn("restée ouverte trop longtemps", self.notice(response))
        data = {**self.hidden(response), "code": data["code"], "_action": "send"}
        self.assertEqual(self.post(f"{self.form_path}/code", data).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_form_of_another_visitor_is_out_of_reach(self):
        self.fill()
        claim = self.hidden(self.get(f"{self.form_path}/code"))["_claim"]
        self.opener.cookies.clear()
        response = self.url_open(f"{self.form_path}/code", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertNotIn("Morel", self.get(self.form_path).text)
        other = f"/demarches/{self.full.slug}/formulaire/code"
        response = self.post(other, {"_claim": claim, "code": "1", "_action": "send"})
        self.assertEqual(response.status_code, 303)
        pending = self.env["website.procedure.pending"].search([])
        self.assertNotIn(claim, str(pending.read()), "The secret itself is not stored")

    def test_account_only_procedure_offers_to_sign_in(self):
        self.procedure.account_required = True
        page = self.get(self.form_path)
        self.assertIn("/inscription", page.text)
        self.assertFalse(page.tree.xpath("//main//form[@method='post']"))

    def test_signing_in_from_a_begun_form_loses_nothing(self):
        page = self.get(self.form_path)
        (button,) = page.tree.xpath("//form[@data-public-form]//button[@value='sign_in']")
        self.assertIn("connecter", button.text_content())
        first = page.tree.xpath("//form[@data-public-form]//button")[0]
        self.assertEqual(first.get("value"), "check", "what Enter presses")
        data = {**self.hidden(page), **self.typed(note="À garder"), "_action": "sign_in"}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 303)
        self.assertTrue(
            response.headers["Location"].endswith(f"/web/login?redirect={self.form_path}")
        )
        self.log_in(self.camille)
        page = self.get(self.form_path)
        self.assertNotIn("À garder", page.text, "somebody else may be the one who signs in")
        self.assertEqual(self.answer_begun("resume").status_code, 303)
        page = self.get(self.form_path)
        self.assertEqual(self.value(page, "note"), "À garder")
        self.assertIn("facture.jpg", page.text)
        self.assertFalse(self.requests_of(), "nothing is sent")
        begun = self.env["website.procedure.pending"].search([])
        self.assertEqual(begun.partner_id, self.camille.partner_id)

    def leave_to_sign_in(self, **data):
        """A visitor types, gives a file, presses "sign in" and walks away."""
        page = self.get(self.form_path)
        typed = self.typed(note="Mon secret")
        data = {**self.hidden(page), **typed, "_action": "sign_in", **data}
        self.assertEqual(self.post(self.form_path, data, [self.jpeg()]).status_code, 303)

    def test_on_a_shared_computer_the_next_one_sees_nothing_of_who_left_to_sign_in(self):
        told = ("Mon secret", "facture.jpg", "Morel", "ana@exemple.fr")
        for more in ({}, {"csrf_token": "faux"}):
            for user in (None, self.camille):
                with self.subTest(more=more, user=user and user.login):
                    self.authenticate(None, None)
                    self.leave_to_sign_in(**more)
                    if user:
                        self.log_in(self.camille)
                    for path in (self.form_path, f"{self.path}/brouillon/supprimer", self.path):
                        seen = self.get(path).text
                        for word in told:
                            self.assertNotIn(word, seen, path)
                    self.assertIn("sans-compte", self.get(self.form_path).text, "asked")
                    pending = self.env["website.procedure.pending"].search([])
                    self.assertFalse(pending.partner_id)
                    self.assertEqual(self.answer_begun("delete").status_code, 303)
                    self.assertFalse(pending.exists())
                    self.assertNotIn("sans-compte", self.get(self.form_path).text)

    def test_who_changes_her_mind_and_does_not_sign_in_finds_it_again(self):
        self.leave_to_sign_in()
        response = self.answer_begun("resume", csrf_token="faux")
        self.assertNotIn("Mon secret", self.get(self.form_path).text, "not for another site")
        self.assertEqual(self.answer_begun("resume").status_code, 303)
        page = self.get(self.form_path)
        self.assertEqual(self.value(page, "note"), "Mon secret")
        self.assertIn("facture.jpg", page.text)
        self.assertNotIn("sans-compte", page.text)
        self.assertEqual(response.status_code, 303)

    def test_what_was_left_to_sign_in_is_soon_offered_to_nobody_without_account(self):
        self.leave_to_sign_in()
        moment = time.time() + 901
        with patch.object(form_session.time, "time", lambda: moment):
            self.assertNotIn("sans-compte", self.get(self.form_path).text)
            self.log_in(self.camille)
            self.assertIn("sans-compte", self.get(self.form_path).text)

    def answer_begun(self, action, **data):
        """To what was begun without an account, in this browser."""
        hidden = self.hidden(self.get(self.form_path), "//form[contains(@action, 'sans-compte')]")
        path = f"{self.path}/brouillon/sans-compte"
        return self.post(path, {**hidden, "_action": action, **data})

    def begin(self, **answers):
        """A visitor fills in, forgets something and leaves; her form is kept."""
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(**answers), "_remove": "1"}
        return self.post(self.form_path, data, [self.jpeg()])

    def remember(self, page):
        """As "Next" does on a form of several pages: found again in this browser."""
        data = {**self.hidden(page), **self.typed(note=self.value(page, "note")), "_action": "ask"}
        self.post(f"{self.path}/brouillon/supprimer", data)

    def test_who_signs_in_next_takes_nothing_without_saying_so(self):
        """At the library: the form of the one before is neither shown nor taken."""
        self.remember(self.begin(note="Secret de l'autre"))
        Pending = self.env["website.procedure.pending"]
        begun = Pending.search([])
        self.log_in(self.camille)
        for _each in range(2):
            page = self.get(self.form_path)
            self.assertIn("sans-compte", page.text)
            self.assertNotIn("Secret", page.text)
            self.assertNotIn("facture.jpg", page.text)
            self.assertFalse(begun.partner_id)
        # Another site, or an old page, takes nothing for her.
        self.answer_begun("resume", csrf_token="faux")
        self.answer_begun("autre")
        self.assertFalse(begun.partner_id)
        data = {**self.hidden(page, "//form[@data-public-form]"), **self.typed(note="La mienne")}
        self.post(self.form_path, {**data, "_action": "later"})
        own = Pending.search([("partner_id", "=", self.camille.partner_id.id)])
        self.assertEqual(own.answers["note"], "La mienne")
        response = self.answer_begun("delete")
        self.assertEqual(response.status_code, 303)
        self.assertFalse(begun.exists())
        page = self.get(self.form_path)
        self.assertNotIn("sans-compte", page.text)
        self.assertEqual(self.value(page, "note"), "La mienne")

    def test_what_was_begun_is_taken_up_when_she_says_so(self):
        self.remember(self.begin(note="Commencée avant"))
        self.log_in(self.camille)
        self.answer_begun("resume")
        page = self.get(self.form_path)
        self.assertEqual(self.value(page, "note"), "Commencée avant")
        self.assertIn("facture.jpg", page.text)
        self.assertNotIn("sans-compte", page.text)
        path = f"{self.path}/brouillon/sans-compte"
        response = self.post(path, {**self.hidden(page), "_action": "delete"})
        self.assertEqual(response.status_code, 303)
        self.assertIn("facture.jpg", self.get(self.form_path).text, "Hers now: nothing more there")

    def test_a_visitor_deletes_what_she_began(self):
        Pending = self.env["website.procedure.pending"]
        path = f"{self.path}/brouillon/supprimer"
        page = self.begin(note="Première")
        data = {**self.hidden(page), **self.typed(note="Seconde"), "_action": "ask"}
        asked = self.post(path, data)
        self.assertEqual(asked.status_code, 200)
        self.assertEqual(Pending.search([]).answers["note"], "Seconde")
        # No: it is still there, with the last words typed.
        self.assertEqual(self.value(self.get(self.form_path), "note"), "Seconde")
        refused = self.post(path, {**self.hidden(asked), "csrf_token": "x", "_action": "delete"})
        self.assertEqual(refused.status_code, 200)
        self.assertTrue(Pending.search([]))
        done = self.post(path, {**self.hidden(asked), "_action": "delete"})
        self.assertEqual(done.status_code, 303)
        self.assertFalse(Pending.search([]))
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))
        page = self.get(done.headers["Location"])
        self.assertIn("est supprimé", self.notice(page))
        self.assertFalse(self.value(page, "note"))
        # Twice, without anything, or with the secret of nobody: back to the form.
        for data in ({**self.hidden(asked), "_action": "delete"}, {"_claim": "x" * 90}, {}):
            self.assertEqual(self.post(path, data).status_code, 303)
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 303)

    def test_a_visitor_deletes_nothing_of_another(self):
        page = self.begin()
        others = self.env["website.procedure.pending"].search([])
        self.opener.cookies.clear()
        fresh = self.hidden(self.get(self.form_path))
        path = f"{self.path}/brouillon/supprimer"
        for claim in ("", str(others.id), others.claim_digest):
            self.post(path, {**fresh, "_claim": claim, "_action": "delete"})
        other = self._procedure("Autre démarche", "AUTRE", self.waste)
        claim = self.hidden(page)["_claim"]
        self.post(
            f"/demarches/{other.slug}/brouillon/supprimer",
            {**fresh, "_claim": claim, "_action": "delete"},
        )
        self.assertTrue(others.exists())

    def test_form_that_waits_for_its_code_is_not_taken_by_who_signs_in(self):
        self.fill()
        self.log_in(self.camille)
        page = self.get(self.form_path)
        self.assertTrue(page.tree.xpath("//button[@value='later']"), "Signed in")
        self.assertNotIn("facture.jpg", page.text)

    def test_code_typed_once_signed_in_files_the_visitor_s_request(self):
        """Who signs in meanwhile takes nothing over: the form was filled in without her account."""
        self.fill(note="Sans compte")
        data = self.hidden(self.get(f"{self.form_path}/code"))
        self.log_in(self.camille)
        data["csrf_token"] = self.hidden(self.get(self.form_path))["csrf_token"]
        code = self.get_code("Ana@Exemple.fr")
        response = self.post(f"{self.form_path}/code", {**data, "code": code, "_action": "send"})
        self.assertEqual(response.status_code, 303, self.notice(response))
        request = self.requests_of()
        self.assertFalse(request.applicant_id)
        self.assertEqual(request.answers["note"], "Sans compte")

    def test_form_that_was_not_sent_waits_for_no_code(self):
        """Kept because of an error: its secret opens the form, not the page of the code."""
        page = self.fill(persons="beaucoup")
        self.assertEqual(page.status_code, 422)
        hidden = self.hidden(page)
        self.assertTrue(hidden["_claim"])
        data = {"_claim": hidden["_claim"], "csrf_token": hidden["csrf_token"]}
        response = self.post(f"{self.form_path}/code", {**data, "code": "123456"})
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/formulaire"))
        self.assertFalse(self.requests_of())

    def test_kept_forms_are_erased_after_their_date(self):
        self.fill()
        pending = self.env["website.procedure.pending"].search([])
        self.assertTrue(pending.file_ids)
        pending.date_expire = "2020-01-01 00:00:00"
        self.env["website.procedure.pending"]._gc_pending()
        self.assertFalse(pending.exists())
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))

    def test_no_place_is_told_before_the_first_question_and_at_the_end(self):
        """Who lost the race to the last place loses nothing of what she typed."""
        self.procedure.max_requests = 2
        path = f"/demarches/{self.procedure.slug}"
        self.assertIn(
            "Places restantes 2 sur 2", " ".join(self.get(path).tree.text_content().split())
        )
        self.fill()
        self._submit()
        self.assertIn(
            "Places restantes 1 sur 2", " ".join(self.get(path).tree.text_content().split())
        )
        self._submit(user=self.dominique)
        response = self.send_code(self.get_code("Ana@Exemple.fr"))
        words = "Toutes les places sont prises\xa0: 2."
        self.assertIn(words, response.text)
        self.assertEqual(self.value(response, "note"), self.typed()["note"])
        self.assertEqual(len(self.requests_of()), 2)
        # Somebody else, or the same without what she typed.
        self.url_open("/web/session/logout")
        page = self.url_open(f"{path}/formulaire")
        self.assertTrue(page.url.endswith(path), page.url)
        self.assertIn(words, page.text)
        self.assertNotIn("Commencer la demande", page.text)
        self.assertIn(">Complet<", self.get("/demarches").text)
        self.requests_of()[0].with_user(self.agent).action_refuse("Trop loin")
        self.assertIn("Commencer la demande", self.get(path).text)
        self.assertNotIn(">Complet<", self.get("/demarches").text)

    def _prepare_exit(self, paged):
        ended = Command.create({"key": "here", "value": "0"})
        form = [
            {"key": "here", "type": "boolean", "label": "Habitez-vous ici\xa0?"},
            {
                "key": "end",
                "type": "exit",
                "label": "Vous n'avez pas besoin de cette démarche",
                "help": "Demandez à votre commune.",
                "url": "https://exemple.fr/ailleurs",
                "condition_ids": [ended],
            },
            *([{"key": "next", "type": "page", "label": "La suite"}] if paged else []),
            {"key": "why", "type": "char", "label": "Pourquoi", "required": True},
        ]
        code = f"SORTIE{int(paged)}"
        return self._procedure("Sortie", code, self.waste, fields=form, slug=code.lower())

    def test_who_does_not_need_it_is_told_and_nothing_is_kept(self):
        Pending = self.env["website.procedure.pending"]
        for paged, action in ((False, "check"), (True, "next")):
            procedure = self._prepare_exit(paged)
            path = f"/demarches/{procedure.slug}/formulaire"
            with self.subTest(action):
                data = {**self.hidden(self.get(path)), "here": "0", "why": "Pour voir"}
                page = self.post(path, {**data, "_action": action})
                self.assertEqual(page.status_code, 200)
                heading = page.tree.xpath("//h1")[0].text_content()
                self.assertEqual(heading, "Vous n'avez pas besoin de cette démarche")
                self.assertIn("Demandez à votre commune.", page.text)
                self.assertTrue(page.tree.xpath("//main//a[@href='https://exemple.fr/ailleurs']"))
                self.assertFalse(self.requests_of(procedure))
                self.assertFalse(Pending.search([("procedure_id", "=", procedure.id)]))
                # She ticked the wrong box: what she typed is on the page.
                carried = {**self.hidden(page), "_action": "change"}
                page = self.post(path, carried)
                box = page.tree.xpath("//input[@name='here'][@value='0']")[0]
                self.assertEqual(box.get("checked"), "checked")
                if not paged:
                    self.assertEqual(self.value(page, "why"), "Pour voir")
                page = self.post(path, {**self.hidden(page), "here": "1", "_action": action})
                self.assertNotIn("pas besoin", page.text if page.status_code == 200 else "")

    def test_who_has_not_answered_yet_is_asked_to(self):
        for paged, action in ((False, "check"), (True, "next")):
            procedure = self._prepare_exit(paged)
            procedure.version_id.state = "draft"
            here, end = procedure.version_id.field_ids[:2]
            here.required = True
            end.condition_ids.write({"operator": "!=", "value": "1"})
            procedure.version_id.state = "published"
            path = f"/demarches/{procedure.slug}/formulaire"
            with self.subTest(action):
                data = {**self.hidden(self.get(path)), "why": "Pour voir", "_action": action}
                self.assertIn("here", self.errors(self.post(path, data)))
                page = self.post(path, {**data, "here": "0"})
                self.assertIn("pas besoin", page.tree.xpath("//h1")[0].text_content())

    def test_who_changes_her_answers_still_acts_for_the_same(self):
        procedure = self._prepare_exit(paged=False)
        procedure.applicant_kinds = "child"
        partner_sudo = self.camille.partner_id.sudo()
        louis, _jeanne = [
            partner_sudo._declare_child({**CHILD, "firstname": name})
            for name in ("Louis", "Jeanne")
        ]
        path = f"/demarches/{procedure.slug}/formulaire"
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(path)), "here": "0", "_for": str(louis.id)}
        page = self.post(path, {**data, "_action": "check"})
        page = self.post(path, {**self.hidden(page), "_action": "change"})
        chosen = page.tree.xpath("//input[@name='_for'][@checked]/@value")
        self.assertEqual(chosen, [str(louis.id)])

    def test_what_another_page_holds_is_compared_as_there(self):
        """12,5 and 12.50 are the same number for the script of every page."""
        rent = {"key": "rent", "type": "amount", "label": "Loyer"}
        name = {"key": "name", "type": "char", "label": "Nom"}
        asked = [Command.create({"key": "rent", "operator": "=", "value": "12.5"})]
        form = [
            {"key": "hour", "type": "time", "label": "Heure"},
            rent,
            name,
            {"key": "more", "type": "page", "label": "La suite"},
            {"key": "why", "type": "char", "label": "Pourquoi", "condition_ids": asked},
            {"key": "what", "type": "char", "label": "Quoi"},
        ]
        procedure = self._procedure("Suite", "SUITE", self.waste, fields=form, slug="suite")
        path = f"/demarches/{procedure.slug}/formulaire"
        typed = {"rent": "12,50", "hour": "9h30", "name": "Ana", "_action": "next"}
        response = self.post(path, {**self.hidden(self.get(path)), **typed})
        page = self.get(response.headers["Location"])
        for key, kind in (("rent", "number"), ("hour", "time"), ("name", None)):
            (carried,) = page.tree.xpath(f"//input[@name='{key}'][@type='hidden']")
            self.assertEqual(carried.get("data-number"), kind, key)

    def test_an_exit_deletes_the_draft(self):
        procedure = self._prepare_exit(paged=False)
        path = f"/demarches/{procedure.slug}/formulaire"
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(path)), "here": "1", "why": "Pour voir"}
        self.post(path, {**data, "_action": "later"})
        drafts = self.env["website.procedure.pending"]
        self.assertTrue(drafts.search([("procedure_id", "=", procedure.id)]))
        data = {**self.hidden(self.get(path)), "here": "0", "why": "Pour voir"}
        self.assertIn("Rien n'a été envoyé", self.post(path, {**data, "_action": "check"}).text)
        self.assertFalse(drafts.search([("procedure_id", "=", procedure.id)]))

    def test_nothing_is_filed_past_an_exit_by_any_way(self):
        procedure = self._prepare_exit(paged=False)
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit(procedure=procedure, answers={"here": "0", "why": "x"}, files={})
        words = "Vous n'avez pas besoin de cette démarche"
        self.assertEqual(caught.exception.errors, {AnswersInvalid.FORM: words})
        self.assertTrue(
            self._submit(procedure=procedure, answers={"here": "1", "why": "x"}, files={})
        )
