from unittest.mock import patch

from odoo.addons.public_guard.exceptions import TooManyRequests

from .common import WebsiteProcedureCommon, photo

FORM = "//form[@data-public-form]"


class TestFormSignedOut(WebsiteProcedureCommon):
    """The session of an account ends while its form is filled in: nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.long = cls._procedure(
            "Longue démarche",
            "LONGUE",
            cls.waste,
            fields=[
                {"key": "p1", "type": "page", "label": "Vos enfants"},
                {"key": "kids", "type": "children", "label": "Pour quels enfants"},
                {"key": "p2", "type": "page", "label": "Vos repas"},
                {"key": "name", "type": "char", "label": "Prénom", "required": True},
                {"key": "p3", "type": "page", "label": "Le reste"},
                {"key": "more", "type": "char", "label": "Autre chose"},
            ],
            slug="longue",
        )

    def declare_child(self, firstname):
        values = {"firstname": firstname, "lastname": "Durand", "birthdate": "2018-02-01"}
        return self.camille.partner_id.sudo()._declare_child(values)

    def begin(self, path=None, user=None, **answers):
        """She signs in, opens the form and fills it in; what her browser would send."""
        self.authenticate(None, None)
        self.sign_in(user or self.camille)
        return {**self.hidden(self.get(path or self.form_path), FORM), **answers}

    def check(self, data, files=None):
        """To the page where all is read again; what its browser would send."""
        response = self.post(self.form_path, {**data, "_action": "check"}, files)
        return self.hidden(self.get(response.headers["Location"]), FORM)

    def end_session(self):
        self.opener.cookies.clear()

    def follow(self, response):
        self.assertEqual(response.status_code, 303)
        return self.get(response.headers["Location"])

    def sign_in_again(self, page, user=None):
        """By the only main button of the page, and through the log-in; where it ends."""
        (link,) = page.tree.xpath("//main//a[contains(@class, 'btn-primary')]")
        self.assertEqual(link.text_content(), "Me reconnecter")
        login = self.get(link.get("href"))
        hidden = self.hidden(login, "//form[contains(@class, 'oe_login_form')]")
        login_name = (user or self.camille).login
        password = login_name + "x" * (8 - len(login_name))
        response = self.post("/web/login", {**hidden, "login": login_name, "password": password})
        return self.follow(response)

    def test_on_the_last_page_one_notice_and_one_button_lead_back_to_it(self):
        read = self.check({**self.begin(), **self.typed(note="À garder")}, [self.jpeg()])
        self.end_session()
        response = self.post(self.form_path, {**read, "_action": "send"}, reads=False)
        page = self.follow(response)
        self.assertIn("Vous avez été déconnecté", self.title(page))
        self.assertIn("Vous avez été déconnecté Rien n'est perdu.", self.notice(page))
        self.assertFalse(page.tree.xpath("//*[@id='erreurs'] | //main//form"))
        self.assertNotIn("À garder", page.text, "somebody else may look by now")
        self.assertNotIn(self.camille.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        page = self.sign_in_again(page)
        self.assertIn("etape=verifier", page.url)
        self.assertEqual(page.tree.xpath("//h1")[0].text_content(), "Vérifiez et envoyez")
        self.assertIn("est toujours là", self.notice(page))
        for kept in ("À garder", "facture.jpg", self.camille.name):
            self.assertIn(kept, page.text)
        response = self.post(
            self.form_path, {**self.hidden(page, FORM), "_action": "send"}, reads=False
        )
        self.assertIn("/accuse/", response.headers["Location"])
        request = self.requests_of()
        self.assertEqual(request.applicant_id, self.camille.partner_id)
        self.assertEqual(request.answers["note"], "À garder")
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")
        self.assertFalse(self.env["website.procedure.pending"].search([]))

    def test_whatever_was_pressed_on_the_form_itself(self):
        for press in (
            {"_action": "check"},
            {"_action": "later"},
            {"_action": "send"},
            {"_remove": "1"},
            {},
        ):
            with self.subTest(press):
                data = {**self.begin(), **self.typed(persons="beaucoup", note="À garder")}
                del data["_action"]
                self.end_session()
                page = self.follow(self.post(self.form_path, {**data, **press}, [self.jpeg()]))
                page = self.sign_in_again(page)
                self.assertEqual(self.value(page, "note"), "À garder")
                self.assertEqual(self.value(page, "persons"), "beaucoup")
                self.assertIn("facture.jpg", page.text)
                self.assertFalse(self.errors(page), "nothing is said wrong before she sends")
                self.assertFalse(page.tree.xpath("//form[contains(@action, 'sans-compte')]"))
        self.assertFalse(self.requests_of())

    def test_on_each_page_of_a_long_form(self):
        path = "/demarches/longue/formulaire"
        kid = str(self.declare_child("Lou").id)
        for page_key, step in (("p1", 1), ("p2", 2), ("p3", 3)):
            with self.subTest(page_key):
                data = {**self.begin(path), "kids": kid, "name": "Louis", "_page": page_key}
                self.end_session()
                page = self.follow(self.post(path, {**data, "_action": "next"}))
                page = self.sign_in_again(page)
                self.assertIn(f"etape={step}", page.url)
                self.assertEqual(self.hidden(page, FORM)["_page"], page_key)
                draft = self.env["website.procedure.pending"].search([])
                self.assertEqual((draft.answers["kids"], draft.answers["name"]), ([kid], "Louis"))
        # Come from the last page to change something: goes back there.
        data = {**self.begin(path), "name": "Louis", "_page": "p2", "_returns": "1"}
        self.end_session()
        page = self.sign_in_again(self.follow(self.post(path, {**data, "_action": "check"})))
        self.assertEqual(self.hidden(page, FORM)["_returns"], "1")

    def test_the_page_that_asks_for_whom_is_counted(self):
        path = "/demarches/longue/formulaire"
        self.long.applicant_kinds = "any"
        organisation = self._delegations(self.camille).organisation_id
        for page_key, step in (("_whom", 1), ("p2", 3)):
            data = {**self.begin(path), "_page": page_key, "_for": str(organisation.id)}
            self.end_session()
            page = self.sign_in_again(self.follow(self.post(path, {**data, "_action": "next"})))
            self.assertIn(f"etape={step}", page.url)
            self.assertEqual(self.hidden(page, FORM)["_page"], page_key)
            draft = self.env["website.procedure.pending"].search([])
            self.assertEqual(draft.acting_for_id, organisation)

    def test_for_whom_it_is_done_stays(self):
        children = [str(self.declare_child(name).id) for name in ("Lou", "Zoé")]
        self.procedure.applicant_kinds = "child"
        data = {**self.begin(), **self.typed(), "_for": children[1]}
        self.end_session()
        page = self.follow(self.post(self.form_path, {**data, "_action": "check"}))
        page = self.sign_in_again(page)
        self.assertEqual(self.value(page, "_for"), [children[1]])

    def test_on_a_procedure_for_accounts_only(self):
        self.procedure.account_required = True
        data = {**self.begin(), **self.typed(note="À garder")}
        self.end_session()
        page = self.sign_in_again(
            self.follow(self.post(self.form_path, {**data, "_action": "check"}, [self.jpeg()]))
        )
        self.assertEqual(self.value(page, "note"), "À garder")
        self.assertIn("facture.jpg", page.text)

    def test_files_of_her_draft_and_those_sent_then_are_both_there(self):
        read = self.begin(**self.typed(note="Avant"))
        self.post(self.form_path, {**read, "_action": "check"}, [self.jpeg()])
        self.end_session()
        files = [self.jpeg(name="autre.jpg", content=photo("blue"))]
        page = self.follow(self.post(self.form_path, {**read, "note": "Après"}, files))
        page = self.sign_in_again(page)
        self.assertEqual(self.value(page, "note"), "Après")
        for name in ("facture.jpg", "autre.jpg"):
            self.assertIn(name, page.text)
        self.assertEqual(len(self.env["website.procedure.pending"].search([])), 1)

    def test_another_one_who_signs_in_there_sees_and_takes_nothing(self):
        read = self.check({**self.begin(), **self.typed(note="Mon secret")}, [self.jpeg()])
        self.end_session()
        page = self.follow(self.post(self.form_path, {**read, "_action": "send"}, reads=False))
        # Nobody, then somebody else.
        for user in (None, self.dominique):
            seen = self.sign_in_again(page, user) if user else self.get(self.form_path)
            for path in (None, self.form_path, f"{self.path}/brouillon/supprimer", self.path):
                seen = self.get(path) if path else seen
                for word in ("Mon secret", "facture.jpg", "sans-compte"):
                    self.assertNotIn(word, seen.text)
        begun = self.env["website.procedure.pending"].search([("partner_id", "=", False)])
        self.assertEqual(begun.answers["note"], "Mon secret")

    def test_a_mark_of_somebody_else_brings_nothing_into_her_draft(self):
        """Another site sends, from her browser, a form that it got with an account of its own."""
        forged = {**self.begin(user=self.dominique), **self.typed(note="Piège")}
        self.end_session()
        page = self.follow(self.post(self.form_path, {**forged, "csrf_token": "faux"}))
        page = self.sign_in_again(page)
        self.assertNotIn("Piège", page.text)
        self.assertNotIn("sans-compte", page.text)

    def test_a_mark_that_nobody_signed_is_none(self):
        data = {**self.begin(), **self.typed(note="À garder")}
        other = self.begin("/demarches/tout-demander/formulaire")["_account"]
        for mark in ("", "x", "AQ", "é'\"<b>", other, data["_account"][:-3], "A" * 5000):
            with self.subTest(mark[:20]):
                self.authenticate(None, None)
                response = self.post(self.form_path, {**data, "_account": mark, "_action": "check"})
                self.assertLess(response.status_code, 500)
                self.assertNotIn("deconnecte", response.headers.get("Location", ""))
                self.assertEqual(self.value(response, "note"), "À garder")

    def test_an_address_kept_in_the_history_shows_the_form(self):
        address = f"{self.form_path}?etape=verifier&fait=deconnecte"
        self.assertTrue(self.get(address).tree.xpath(FORM))
        self.sign_in(self.camille)
        self.assertTrue(self.get(address).tree.xpath(FORM))

    def test_a_page_asked_again_says_where_it_is_kept(self):
        path = "/demarches/longue/formulaire"
        self.post(path, {**self.begin(path), "name": "Louis", "_page": "p2", "_action": "next"})
        self.end_session()
        page = self.get(f"{path}?etape=3")
        self.assertIn("Commencé avec votre compte ? Connectez-vous", self.notice(page))
        self.assertNotIn("Louis", page.text)
        self.assertFalse(self.notice(self.get(path)), "who begins is told nothing")
        self.log_in(self.camille)
        self.assertFalse(self.notice(self.get(f"{path}?etape=3")))

    def test_without_room_to_keep_it_her_page_keeps_it(self):
        Guard = type(self.env["public.guard"])
        hit = Guard._hit

        def refuse(guard, scope, *args, **kwargs):
            if scope == "procedure.begun":
                raise TooManyRequests("Trop d'essais")
            return hit(guard, scope, *args, **kwargs)

        data = {**self.begin(), **self.typed(note="À garder")}
        self.end_session()
        with patch.object(Guard, "_hit", refuse):
            page = self.post(self.form_path, {**data, "_action": "check"})
        self.assertEqual(self.value(page, "note"), "À garder")
