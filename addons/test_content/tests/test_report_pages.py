from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.public_guard.models.public_guard import HONEYPOT_FIELD

from .test_pages_contributor import ContentPageCase
from .test_report import HOSTILE

LIST = "/my/contributions/signalements"


@tagged("post_install", "-at_install")
class TestReportPages(ContentPageCase):
    def setUp(self):
        super().setUp()
        self.env["mail.mail"].search([]).unlink()
        self.form_path = f"/signaler-une-erreur/wash.house/{self.house.id}"

    def _send(self, path=None, **typed):
        path = path or self.form_path
        page = self.get(path)
        data = {"quoi": "hours", "texte": "Fermé le mardi.", "email": "", **typed}
        return self.post(path, {**self.form(page), **data})

    def _get_report(self):
        return self.env["content.report"].search([], order="id desc", limit=1)

    def test_a_reader_without_account_follows_her_correction_to_its_end(self):
        page = self.get(self.form_path)
        self.assertIn("Lavoir du Moulin", self.words(page))
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        answer = self._send(email="claire@exemple.org")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        report = self._get_report()
        self.assertEqual((report.topic, report.text), ("hours", "Fermé le mardi."))
        follow = answer.headers["Location"]
        page = self.get(follow)
        self.assertIn("Merci", self.notice(page))
        self.assertIn("Fermé le mardi.", self.words(page))
        self.assertNotIn("claire@", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

        self.sign_in(self.camille)
        page = self.get("/my/contributions")
        self.assertIn("Un signalement attend votre réponse", self.words(page))
        page = self.get(LIST)
        self.assertIn("Lavoir du Moulin", self.words(page))
        path = f"{LIST}/{report.id}"
        page = self.get(path)
        self.assertNotIn("claire@", page.text)
        answer = self.press(page, "correct", path)
        self.assertEqual(answer.status_code, 303, self.words(answer))
        draft = report.revision_id
        self.assertTrue(answer.headers["Location"].endswith(self.path(draft)))
        draft.with_user(self.camille)._change({"story": "Fermé le mardi."})
        draft.with_user(self.camille).action_submit()
        accept(draft.with_user(self.reader))
        self.authenticate(None, None)
        page = self.get(follow.split("?")[0])
        self.assertIn("Corrigé", self.words(page))
        self.assertNotIn("Camille", page.text)
        mail = self.env["mail.mail"].search([("email_to", "=", "claire@exemple.org")])
        self.assertIn("/signaler-une-erreur/suivi/", str(mail.body_html))

    def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(self):
        answer = self._send(quoi="", texte="", email="claire chez exemple")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(set(self.errors(answer)), {"quoi", "texte", "email"})
        self.assertTrue(self.asked_again(answer), "Back leads to the form")
        self.assertEqual(self.value(answer, "email"), "claire chez exemple")
        self.assertIn("Erreur", self.title(answer))
        answer = self._send(texte="x" * 2000)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self._get_report())
        answer = self._send(quoi="closed", texte="")
        self.assertEqual(answer.status_code, 303)

    def test_what_is_asked_of_other_pages_is_not_said_of_this_one(self):
        self.patch(self.registry["wash.house"], "_get_report_topics", lambda _house: ["hours"])
        self.assertEqual(set(self.errors(self._send(quoi="phone"))), {"quoi"})

    def test_two_addresses_or_a_header_in_one_are_refused(self):
        for wrong in ("a@x.org,b@x.org", "a@x.org\nBcc: b@x.org", "a@x.org b@x.org", "@x.org"):
            answer = self._send(email=wrong)
            self.assertEqual(set(self.errors(answer)), {"email"}, wrong)

    def test_robots_and_second_presses(self):
        page = self.get(self.form_path)
        data = {**self.form(page), "quoi": "hours", "texte": "Fermé."}
        for more in ({"guard_token": "x"}, {"csrf_token": "x"}, {HONEYPOT_FIELD: "spam"}):
            answer = self.post(self.form_path, {**data, **more})
            self.assertEqual(answer.status_code, 422)
            self.assertEqual(self.value(answer, "texte"), "Fermé.")
        self.assertFalse(self._get_report())
        page = self.get(self.form_path)
        data = {**self.form(page), "quoi": "hours", "texte": "Fermé."}
        first = self.post(self.form_path, data)
        second = self.post(self.form_path, data)
        self.assertEqual((first.status_code, second.status_code), (303, 303))
        self.assertEqual(len(self.env["content.report"].search([])), 1)

    def test_a_form_that_something_else_took_gives_nobody_s_report(self):
        data = {**self.form(self.get(self.form_path)), "quoi": "hours", "texte": "Fermé."}
        self.env["public.guard"]._claim_token(data["guard_token"][0])
        self.assertEqual(self.post(self.form_path, data).status_code, 404)
        self.assertFalse(self._get_report())

    def test_one_network_is_slowed_down(self):
        page = self.get(self.form_path)
        self.patch(self.registry["public.guard"], "_claim_token", self._claim_new())
        data = {**self.form(page), "quoi": "hours", "texte": "Fermé."}
        *sent, late = [self.post(self.form_path, data) for _each in range(21)]
        self.assertEqual({answer.status_code for answer in sent}, {303})
        self.assertEqual(late.status_code, 429)
        self.assertEqual(self.value(late, "texte"), "Fermé.", "Nothing is lost")

    def _claim_new(self):
        """As so many different tokens."""
        Token = self.env["public.guard.token"].sudo()

        def claim(guard, token):
            claimed = Token.create(
                {"digest": f"d{Token.search_count([])}", "purpose": "x", "date_end": "2030-01-01"}
            )
            return guard.env["public.guard.token"].sudo().browse(claimed.id), True

        return claim

    def test_links_are_not_guessed_without_end_and_true_ones_count_nothing(self):
        follow = self.env["content.report"]._file(self.house, "hours", "Fermé.")._get_follow_url()
        self.env["public.guard"]._hit("content.report.follow", "127.0.0.1", 60, 3600, by=59)
        for _again in range(2):
            self.assertEqual(self.get(follow).status_code, 200)
        forged, late = self.get(f"{follow}x"), self.get(follow)
        self.assertEqual((forged.status_code, late.status_code), (404, 429))
        for page in (forged, late):
            self.assertTrue(page.tree.xpath("//main//h1"))
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_what_is_not_online_has_no_form(self):
        hidden = self.env["wash.house"]._create_as("data", {"name": "Caché"}, is_online=False)
        for path in (
            f"wash.house/{hidden.id}",
            "wash.house/999999999",
            "wash.house/99999999999999999999",
            "wash.house/x",
            f"res.partner/{self.camille.partner_id.id}",
            "res.users/2",
            "nothing/1",
            "suivi/x",
        ):
            page = self.get(f"/signaler-une-erreur/{path}")
            self.assertEqual(page.status_code, 404, path)
        self.patch(self.registry["wash.house"], "_get_content_url", lambda _house: "")
        self.assertEqual(self.get(self.form_path).status_code, 404, "It has no page")

    def test_hostile_words_stay_words(self):
        answer = self._send(texte=HOSTILE)
        page = self.get(answer.headers["Location"])
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("{{ object.env }}", self.words(page))
        self.sign_in(self.camille)
        page = self.get(f"{LIST}/{self._get_report().id}")
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("{{ object.env }}", self.words(page))

    def test_a_word_is_read_on_the_page_and_no_link_is_made_of_it(self):
        word = "Voyez http://evil.example/paye\nou www.evil.example <a href='http://evil.example'>"
        follow = self._send(email="claire@exemple.org").headers["Location"]
        self._get_report().with_user(self.camille)._answer("foreign", word)
        page = self.get(follow.split("?")[0])
        [quote] = page.tree.xpath("//main//blockquote")
        self.assertEqual(quote.text_content().strip(), word)
        self.assertFalse(quote.xpath(".//a"))

    def test_what_is_set_aside_is_said_to_be_one_of_several(self):
        self._send(texte="Idiots.")
        report = self._get_report()
        self._send(email="claire@exemple.org")
        path = f"{LIST}/{report.id}"
        self.sign_in(self.camille)
        page = self.get(path)
        self.assertIn("Sans suite pour le premier message", self.words(page))
        self.assertIn("Idiots.", self.words(page, "//main//ol/li[1]"))
        answer = self.press(page, "answer", path, reponse="dropped")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        last = self._get_report()
        self.assertEqual((report.state, last.state), ("dropped", "new"))
        page = self.get(f"{LIST}/{last.id}")
        self.assertNotIn("premier message", self.words(page))
        self.assertNotIn("Idiots.", self.words(page))

    def test_another_ones_report_is_not_found(self):
        self._send()
        path = f"{LIST}/{self._get_report().id}"
        self.sign_in(self.camille)
        data = self.form(self.get(path))
        for nothing in ("0", "x", "999999999"):
            self.assertEqual(self.get(f"{LIST}/{nothing}").status_code, 404, nothing)
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        for user in (self.stranger, other):
            user.sudo().password = self.password
            self.sign_in(user)
            self.assertEqual(self.get(path).status_code, 404)
            data |= self.hidden(self.get(LIST)) or {}
            answer = self.post(path, {**data, "_do": "answer", "reponse": "right"})
            self.assertEqual(answer.status_code, 404, user.login)
            self.assertNotIn("Lavoir du Moulin", self.words(self.get(LIST)))
            self.assertNotIn("signalement", self.words(self.get("/my/contributions")))
        self.assertEqual(self._get_report().state, "new")
        self.authenticate(None, None)
        self.assertIn("/web/login", self.get(path).url)

    def test_the_change_of_another_is_not_linked(self):
        self._send()
        report = self._get_report()
        revision = report.with_user(self.camille)._correct()
        for user, count in ((self.camille, 1), (self.secretary, 0)):
            self.sign_in(user)
            page = self.get(f"{LIST}/{report.id}")
            links = page.tree.xpath(f"//main//a[@href='{self.path(revision)}']")
            self.assertEqual(len(links), count, user.login)

    def test_an_answer_is_chosen_and_given_once(self):
        self._send(email="claire@exemple.org")
        report = self._get_report()
        path = f"{LIST}/{report.id}"
        self.sign_in(self.secretary)
        page = self.get(path)
        answer = self.press(page, "answer", path, mot="Voyez la préfecture.")
        self.assertEqual(set(self.errors(answer)), {"reponse"})
        self.assertEqual(self.value(answer, "mot"), "Voyez la préfecture.")
        answer = self.press(page, "answer", path, reponse="foreign")
        self.assertEqual(set(self.errors(answer)), {"mot"})
        answer = self.press(page, "answer", path, reponse="right", mot="x" * 1001)
        self.assertEqual(set(self.errors(answer)), {"mot"}, "Nothing is cut without a word")
        data = {**self.form(self.get(path)), "_do": "answer", "reponse": "foreign", "mot": "Non."}
        for _press in range(2):
            answer = self.post(path, data)
            self.assertEqual(answer.status_code, 303, self.words(answer))
        mails = self.env["mail.mail"].search([("email_to", "=", "claire@exemple.org")])
        self.assertEqual(len(mails), 1)
        self.assertIn(
            "Votre réponse est envoyée", self.notice(self.get(answer.headers["Location"]))
        )
        self.assertFalse(self.get(path).tree.xpath("//main//form"))

    def test_the_foot_of_a_page_leads_there(self):
        qweb = self.env["ir.qweb"].with_context(lang="fr_FR")
        foot = "website_parts.content_foot"
        public = self.house.with_user(self.env.ref("base.public_user")).sudo()
        self.assertIn(self.form_path, str(qweb._render(foot, {"content": public})))
