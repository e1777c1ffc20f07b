from unittest.mock import patch

from odoo import Command

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.public_guard.exceptions import TooManyRequests

from ..pages.form_check import get_final_fields, make_stamp
from .common import WebsiteProcedureCommon, photo


class TestFormCheck(WebsiteProcedureCommon):
    """“Vérifiez et envoyez”: nothing leaves that was not read again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        asked = [Command.create({"key": "more", "value": "1"})]
        cls.long = cls._procedure(
            "Longue démarche",
            "LONGUE",
            cls.waste,
            fields=[
                {"key": "p1", "type": "page", "label": "Vos enfants"},
                {"key": "name", "type": "char", "label": "Prénom", "required": True},
                {"key": "more", "type": "boolean", "label": "Autre chose"},
                {"key": "what", "type": "char", "label": "Quoi", "condition_ids": asked},
                {"key": "p2", "type": "page", "label": "Vos documents"},
                {"key": "paper", "type": "file", "label": "Papier"},
                {"key": "s", "type": "section", "label": "Engagement"},
                {"key": "rules", "type": "information", "label": "Le règlement s'applique."},
                {"key": "agree", "type": "consent", "label": "J'accepte", "required": True},
            ],
            slug="longue",
        )
        cls.long_path = "/demarches/longue/formulaire"

    def check(self, path=None, files=None, **answers):
        """Fill in the form on one page and press "continue": what comes."""
        path = path or self.form_path
        data = {**self.hidden(self.get(path), "//form[@data-public-form]"), **answers}
        response = self.post(path, {**data, "_action": "check"}, files)
        return self.follow(response)

    def check_bin(self, **answers):
        answers = {**self.typed(), **answers}
        return self.check(None, [self.jpeg()], **answers)

    def press(self, page, path=None, **answers):
        data = {**self.hidden(page, "//form[@data-public-form]"), **answers}
        return self.post(path or self.form_path, data, reads=False)

    def follow(self, response):
        return self.get(response.headers["Location"]) if response.status_code == 303 else response

    def parts(self, page):
        """[(heading, {question: answer}, what is said of files)] of the page."""
        found = []
        for part in page.tree.xpath("//form//section[contains(@class, 'et-part')]"):
            words = [" ".join(node.text_content().split()) for node in part.xpath(".//h2/span")]
            rows = zip(part.xpath(".//dt/text()"), part.xpath(".//dd"), strict=True)
            files = " ".join(" ".join(part.xpath(".//ul//text()")).split())
            answers = {label: " ".join(value.text_content().split()) for label, value in rows}
            found.append((" ".join(words), answers, files))
        return found

    def change(self, page, heading):
        """The button "Change" of this part."""
        button = page.tree.xpath(
            "//form//section[.//h2/span[normalize-space()=$heading]]//button[@name='_edit']",
            heading=heading,
        )[0]
        return self.press(page, page.path, _edit=button.get("value"))

    def test_what_refuses_the_whole_form_is_said_before_it_is_read_again(self):
        """A box that is ticked on the last page only must not hide it until then."""
        self.sign_in(self.camille)
        paged = self.get(self.long_path)
        data = {**self.hidden(paged), "name": "Louise"}
        page = self.follow(self.post(self.long_path, {**data, "_action": "next"}))
        data = self.hidden(page, "//form[@data-public-form]")
        refusal = {AnswersInvalid.FORM: "Une demande est déjà en cours, n° 12."}
        Request = self.registry["procedure.request"]
        with patch.object(Request, "_check_filing", return_value=refusal):
            page = self.follow(self.post(self.long_path, {**data, "_action": "next"}, reads=False))
        self.assertNotIn("etape=verifier", page.url)
        self.assertIn("Une demande est déjà en cours, n° 12.", page.text)

    def test_everything_is_read_again_then_sent_once(self):
        self.sign_in(self.camille)
        page = self.check_bin(note="Près de l'école")
        self.assertTrue(page.url.endswith("?etape=verifier#etape"))
        self.assertEqual(self.title(page)[:20], "Vérifiez et envoyez ")
        self.assertEqual(page.tree.xpath("//h1")[0].text_content(), "Vérifiez et envoyez")
        words = page.tree.text_content()
        for shown in ("Rien n'est encore parti", "Près de l'école", "24/03/2026", "facture.jpg"):
            self.assertIn(shown, words)
        self.assertIn("), bien reçu", " ".join(words.split()), "no space before a comma")
        headings = [heading for heading, _answers, _files in self.parts(page)]
        self.assertEqual([each.split()[0] for each in headings], list("123456")[: len(headings)])
        self.assertIn("Qui demande", headings[-1])
        self.assertEqual(self.parts(page)[-1][1]["Nom"], self.camille.name)
        self.assertFalse(self.requests_of(), "Nothing is sent yet")
        notice = self.procedure.processing_id.with_context(lang="fr_FR")._get_notice_summary()
        self.assertIn(notice, words)
        response = self.press(page, _action="send")
        self.assertEqual(response.status_code, 303)
        self.assertIn("/accuse/", response.headers["Location"])
        # Pressed twice: one request.
        again = self.press(page, _action="send")
        self.assertIn("?deja=1", again.headers["Location"])
        request = self.requests_of()
        self.assertEqual(len(request), 1)
        self.assertEqual(request.answers["note"], "Près de l'école")
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")

    def after(self, page):
        """What the page says of what comes once it is sent, line by line."""
        (lines,) = page.tree.xpath("//form//h2[starts-with(., 'Et ensuite')]/following::ul[1]")
        return [" ".join(line.text_content().split()) for line in lines.xpath("li")]

    def test_it_says_who_receives_it_and_what_comes_next(self):
        self.procedure.handling_days = 15
        self.waste.name_in_sentence = "le service déchets"
        common = ["Votre demande est reçue par le service déchets."]
        missing = "S'il manque quelque chose, le service vous écrit ou vous appelle."
        identity = self._identity()
        email = identity["contact_email"]
        self.assertEqual(
            self.after(self.check_bin(**identity)),
            [
                f"D'abord, un code est envoyé à {email}. Vous le tapez à la page suivante. Rien "
                "n'est envoyé au service avant.",
                *common,
                f"Vous recevez un courriel avec son numéro, à {email}.",
                "Réponse sous 15 jours.",
                missing,
            ],
        )
        self.sign_in(self.camille)
        common.append(f"Vous recevez un courriel avec son numéro, à {self.camille.email}.")
        lines = [*common, "Réponse sous 15 jours.", missing]
        self.assertEqual(self.after(self.check_bin()), lines)

    def test_the_service_of_her_commune_is_named(self):
        self.town_hall.commune_ids = self.vaubecourt
        self.procedure.local_service_ids = self.town_hall
        identity = self._identity(**{"contact_address.commune": "Vaubecourt"})
        lines = " ".join(self.after(self.check_bin(**identity)))
        self.assertIn(f"est reçue par {self.town_hall._get_name_said()}.", lines)

    def test_an_empty_part_is_no_reproach(self):
        self.sign_in(self.camille)
        page = self.check(self.long_path, name="Louis", _page="p2")
        part = page.tree.xpath("//section[.//h2/span[normalize-space()='Vos documents']]")[0]
        self.assertIn("Rien d'indiqué : c'est facultatif.", " ".join(part.text_content().split()))

    def test_what_deletes_stands_away_from_what_sends(self):
        for user in (None, self.camille):
            if user:
                self.sign_in(user)
            page = self.check_bin(**({} if user else self._identity()))
            for shown in (page, self.get(f"{self.form_path}?etape=1")):
                (place,) = shown.tree.xpath(
                    "//main//*[self::a or self::button][contains(., 'Supprimer ce que')]"
                )
                self.assertFalse(place.xpath("ancestor::form"))
                if not user:
                    (form,) = shown.tree.xpath("//form[@id=$id]", id=place.get("form"))
                    self.assertEqual(form.get("data-public-form"), "1")

    def test_only_what_leaves_for_good_is_being_sent(self):
        """What the main button says at the press."""

        def words(page):
            form = page.tree.xpath("//form[@data-public-form]")[0]
            (button,) = form.xpath(".//*[@class='et-actions']/button[@class='btn btn-primary']")
            return button.get("data-leaving") or form.get("data-leaving")

        self.assertEqual(words(self.get(self.form_path)), "Un instant…")
        visitor = self.check_bin(**self._identity())
        self.assertEqual(words(visitor), "Un instant…", "her code comes first")
        self.sign_in(self.camille)
        for path in (self.form_path, self.long_path):
            self.assertEqual(words(self.get(path)), "Un instant…")
        self.assertEqual(words(self.check_bin()), "Envoi en cours…")

    def test_a_visitor_reads_again_then_has_her_code(self):
        page = self.check_bin(**self._identity())
        heading, answers, _files = self.parts(page)[-1]
        self.assertIn("Comment vous répondre", heading)
        identity = self._identity()
        self.assertEqual(answers["Nom"], identity["contact_lastname"])
        self.assertIn(identity["contact_address.street"], answers["Adresse postale"])
        self.assertIn(identity["contact_email"].lower(), page.tree.text_content().lower())
        self.assertFalse(self._mails(email=identity["contact_email"]), "No code before")
        response = self.press(page, _action="send")
        self.assertTrue(response.headers["Location"].endswith("/formulaire/code"))
        code_page = self.get(response.headers["Location"])
        back = self.post(f"{self.form_path}/code", {**self.hidden(code_page), "_action": "back"})
        self.assertIn("etape=verifier", back.headers["Location"])
        self.assertEqual(self.parts(self.follow(back)), self.parts(page))

    def test_changed_while_her_code_was_on_its_way(self):
        """What the code sends is what was read before it was asked."""
        page = self.check_bin(**self._identity())
        code_page = self.get(self.press(page, _action="send").headers["Location"])
        self.check_bin(**self._identity(), note="Changé ailleurs")
        email = self._identity()["contact_email"]
        data = {**self.hidden(code_page), "code": self.get_code(email), "_action": "send"}
        response = self.post(f"{self.form_path}/code", data)
        self.assertFalse(self.requests_of())
        self.assertIn("etape=verifier&fait=change", response.headers["Location"])
        again = self.follow(response)
        self.assertIn("Changé ailleurs", again.tree.text_content())
        self.assertIn("Relisez", self.notice(again))

    def test_each_part_is_changed_with_everything_kept(self):
        """Without script; signed in or not; the file too."""
        for user in (None, self.camille):
            with self.subTest(user and user.login):
                self.authenticate(None, None)
                identity = {} if user else self._identity()
                if user:
                    self.sign_in(user)
                page = self.check_bin(note="Avant", **identity)
                page.path = self.form_path
                before = self.parts(page)
                headings = [
                    "".join(node.text_content().split("\n")).strip()
                    for node in page.tree.xpath("//form//button[@name='_edit']/../h2/span[2]")
                ]
                self.assertTrue(headings)
                for heading in headings:
                    response = self.change(page, heading)
                    url, _sign, anchor = response.headers["Location"].partition("#")
                    form = self.get(url)
                    legend = form.tree.xpath(f"//fieldset[@id='{anchor}']/legend")[0]
                    self.assertIn(heading, legend.text_content())
                    self.assertEqual(self.value(form, "note"), "Avant")
                    self.assertIn("facture.jpg", form.text)
                data = {**self.typed(note="Après"), **identity, "_action": "check"}
                data = {**self.hidden(form, "//form[@data-public-form]"), **data}
                page = self.follow(self.post(self.form_path, data))
                after = self.parts(page)
                self.assertEqual([part[0] for part in after], [part[0] for part in before])
                self.assertIn("Après", page.text)
                self.assertNotIn("Avant", page.text)
                self.assertIn("facture.jpg", page.text)

    def test_page_by_page_one_comes_back_at_once(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        page = self.follow(self.press(page, self.long_path, name="Louis", _action="next"))
        page = self.follow(self.press(page, self.long_path, _action="check"))
        page.path = self.long_path
        self.assertEqual(
            [(heading, answers) for heading, answers, _files in self.parts(page)][:2],
            [("1 Vos enfants", {"Prénom": "Louis"}), ("2 Vos documents", {})],
        )
        form = self.follow(self.change(page, "Vos enfants"))
        buttons = form.tree.xpath("//main//*[@class='et-actions']/button[@name='_action']")
        self.assertEqual(
            [(button.get("value"), button.text_content().strip()) for button in buttons],
            [("check", "Revenir à la vérification"), ("later", "Garder et finir plus tard")],
        )
        # What is wrong is said there, and the way back stays.
        form = self.press(form, self.long_path, name="", more="1", _action="check")
        self.assertEqual(list(self.errors(form)), ["name"])
        self.assertEqual(self.hidden(form, "//form[@data-public-form]")["_returns"], "1")
        page = self.follow(
            self.press(form, self.long_path, name="Jo", more="1", what="Oui", _action="check")
        )
        rows = self.parts(page)[0][1]
        self.assertEqual(rows, {"Prénom": "Jo", "Autre chose": "Oui", "Quoi": "Oui"})

    def test_hidden_answers_are_absent_and_boxes_are_ticked_here(self):
        self.sign_in(self.camille)
        page = self.get(self.long_path)
        first = {"name": "Louis", "more": "0", "what": "Caché"}
        page = self.follow(self.press(page, self.long_path, **first, _action="next"))
        # The part that would hold one box is none.
        self.assertNotIn("Engagement", page.text)
        self.assertFalse(page.tree.xpath("//main//input[@name='agree'][@type='checkbox']"))
        page = self.follow(self.press(page, self.long_path, _action="check"))
        self.assertNotIn("Caché", " ".join(str(part) for part in self.parts(page)))
        self.assertIn("Le règlement s'applique.", page.tree.text_content())
        self.assertTrue(page.tree.xpath("//main//input[@name='agree'][@type='checkbox']"))
        refused = self.press(page, self.long_path, _action="send")
        self.assertEqual(refused.status_code, 422)
        self.assertEqual(list(self.errors(refused)), ["agree"])
        self.assertEqual(self.parts(refused), self.parts(page))
        self.press(refused, self.long_path, agree="1", _action="send")
        answers = self.requests_of(self.long).answers
        self.assertTrue(answers["agree"]["given"])
        self.assertNotIn("what", answers)

    def test_a_part_whose_questions_are_hidden_is_none_with_its_files(self):
        asked = [Command.create({"key": "more", "value": "1"})]
        works = {"key": "plan", "type": "file", "label": "Plan", "condition_ids": asked}
        procedure = self._procedure(
            "Des travaux",
            "TRAVAUX",
            self.waste,
            fields=[
                {"key": "more", "type": "boolean", "label": "Avec des travaux"},
                {"key": "s", "type": "section", "label": "Vos travaux"},
                works,
            ],
            slug="travaux",
        )
        path = f"/demarches/{procedure.slug}/formulaire"
        self.sign_in(self.camille)
        page = self.check(path, [self.jpeg("plan")], more="1")
        (part,) = (each for each in self.parts(page) if "Vos travaux" in each[0])
        self.assertIn("facture.jpg", part[2])
        # She changes her mind: the file that she had given waits, and does not leave.
        page = self.follow(self.press(page, path, more="0", _action="check"))
        self.assertIn("etape=verifier", page.url)
        self.assertFalse([part for part in self.parts(page) if "Vos travaux" in part[0] or part[2]])
        self.press(page, path, _action="send")
        request = self.requests_of(procedure)
        self.assertEqual(len(request), 1)
        self.assertFalse(request.document_line_ids)

    def test_what_was_not_read_again_is_not_sent(self):
        """A program, an old page, a stamp of another content: each is shown the page."""
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed(note="Direct")}
        files = [self.jpeg()]
        for stamp in ("", "x", "0" * 64, "é'\"<b>", "\x00"):
            response = self.post(self.form_path, {**data, "_read": stamp}, files, reads=False)
            files = None
            self.assertEqual(response.status_code, 303)
            self.assertIn("etape=verifier", response.headers["Location"])
            self.assertFalse(self.requests_of())
        response = self.post(self.form_path, {**data, "_read": "x"}, reads=False)
        page = self.follow(response)
        self.assertIn("a changé depuis que vous l'avez relu", self.notice(page))
        # Her answers are changed behind the page.
        response = self.press(page, note="Autre", _action="send")
        self.assertIn("fait=change", response.headers["Location"])
        self.assertFalse(self.requests_of())
        # As it is shown, it leaves.
        self.press(self.follow(response), _action="send")
        self.assertEqual(self.requests_of().answers["note"], "Autre")

    def test_another_window_that_changed_the_files_has_it_read_again(self):
        self.sign_in(self.camille)
        page = self.check_bin()
        other = self.get(self.form_path + "?etape=1")
        self.post(
            self.form_path,
            {**self.hidden(other), **self.typed(), "_action": "later"},
            [self.jpeg(name="autre.jpg", content=photo("blue"))],
        )
        draft = self.env["website.procedure.pending"].search([])
        draft.file_ids[:1].unlink()
        draft.file_ids.create(
            {
                "pending_id": draft.id,
                "field_key": "proof",
                "name": "autre.jpg",
                "mimetype": "image/jpeg",
                "size": 3,
                "sha256": "abc",
                "content": b"YWJj",
            }
        )
        response = self.press(page, _action="send")
        self.assertIn("fait=change", response.headers["Location"])
        self.assertIn("autre.jpg", self.follow(response).text)
        self.assertFalse(self.requests_of())

    def test_a_visitor_who_loses_her_session_there_loses_nothing(self):
        page = self.check_bin(note="À garder", **self._identity())
        self.opener.cookies.clear()
        page = self.press(page, _action="send")
        self.assertIn("restée ouverte trop longtemps", self.notice(page))
        self.assertIn("À garder", " ".join(str(part) for part in self.parts(page)))
        response = self.press(page, _action="send")
        self.assertTrue(response.headers["Location"].endswith("/code"))

    def test_what_became_wrong_meanwhile_is_said_where_it_is_typed(self):
        self.sign_in(self.camille)
        page = self.check_bin()
        draft = self.env["website.procedure.pending"].search([])
        draft.answers = {**draft.answers, "date_in": "31/02/2026"}
        page = self.get(page.url)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(list(self.errors(page)), ["date_in"])
        self.assertTrue(page.tree.xpath("//main//textarea[@name='note']"))

    def test_a_new_version_is_read_before_it_is_sent(self):
        self.sign_in(self.camille)
        page = self.check(self.long_path, name="Louis", _page="p2")
        self.assertIn("etape=verifier", page.url)
        self.long.action_open_draft()
        draft = self.long.version_ids.filtered(lambda version: version.state == "draft")
        draft.field_ids.filtered(lambda field: field.key == "name").label = "Son prénom"
        self.long.action_publish()
        response = self.press(page, self.long_path, agree="1", _action="send")
        self.assertIn("fait=change", response.headers["Location"])
        page = self.follow(response)
        self.assertIn("Son prénom", self.parts(page)[0][1])
        # A question more: its page, not the last one.
        self.long.action_open_draft()
        draft = self.long.version_ids.filtered(lambda version: version.state == "draft")
        draft.write(
            {
                "field_ids": [
                    Command.create(
                        {
                            "key": "age",
                            "type": "integer",
                            "label": "Âge",
                            "required": True,
                            "sequence": 3,
                        }
                    )
                ]
            }
        )
        self.long.action_publish()
        page = self.press(page, self.long_path, agree="1", _action="send")
        self.assertIn("Âge", self.notice(page))
        self.assertIn("age", self.errors(page))
        self.assertFalse(self.requests_of(self.long))

    def test_closed_meanwhile(self):
        self.sign_in(self.camille)
        page = self.check_bin()
        self.procedure.date_close = "2020-01-01"
        self.assertEqual(self.press(page, _action="send").status_code, 303)
        self.assertFalse(self.requests_of())

    def test_without_room_to_keep_it_is_read_all_the_same(self):
        Guard = type(self.env["public.guard"])
        hit = Guard._hit

        def refuse(guard, scope, *args):
            if scope == "procedure.page":
                raise TooManyRequests("Trop d'essais")
            return hit(guard, scope, *args)

        with patch.object(Guard, "_hit", refuse):
            page = self.check("/demarches/tout-demander/formulaire", line="Vu", **self._identity())
            page.path = "/demarches/tout-demander/formulaire"
            self.assertFalse(self.env["website.procedure.pending"].search([]))
            self.assertIn("Vu", str(self.parts(page)))
            form = self.change(page, "Première partie")
            self.assertEqual(self.value(form, "line"), "Vu")
        response = self.press(page, page.path, agree="1", _action="send")
        self.assertTrue(response.headers["Location"].endswith("/code"))

    def test_its_address_alone_shows_the_form(self):
        for user in (None, self.camille):
            if user:
                self.sign_in(user)
            page = self.get(f"{self.form_path}?etape=verifier&fait=change")
            self.assertEqual(page.status_code, 200)
            self.assertTrue(page.tree.xpath("//main//textarea[@name='note']"))

    def test_kept_for_later_it_is_found_again(self):
        """On the form: that address is also where the Back button of the browser leads."""
        self.sign_in(self.camille)
        page = self.check_bin(note="Plus tard")
        response = self.press(page, _action="later")
        self.assertIn("/my/demandes", response.headers["Location"])
        form = self.get(self.form_path)
        self.assertEqual(self.value(form, "note"), "Plus tard")
        self.assertEqual(self.parts(self.get(page.url)), self.parts(page))

    def test_whatever_is_posted_is_no_error_of_ours(self):
        self.sign_in(self.camille)
        page = self.check_bin()
        for values in (
            {"_edit": "9.9"},
            {"_edit": "x"},
            {"_edit": "-1.-1"},
            {"_edit": "verifier.0"},
            {"_edit": "1" * 500},
            {"_edit": "0.0", "_page": "_check"},
            {"_page": "_you", "_action": "send", "_read": "x"},
            {"_page": "\x00", "_returns": "é", "_action": "check"},
            {"_action": "send", "_read": "x" * 5000},
            {"_action": "nope"},
            {"_action": "next"},
            {"_action": "back"},
        ):
            with self.subTest(str(values)[:60]):
                response = self.press(page, **values)
                self.assertLess(response.status_code, 500)
                self.assertLess(self.follow(response).status_code, 500)
        for query in ("etape=verifier&verifier=1", "etape=é&fait=x", "verifier=" + "9" * 300):
            self.assertEqual(self.url_open(f"{self.form_path}?{query}").status_code, 200)
        self.assertFalse(self.requests_of())

    def test_nothing_known_of_her_is_said_before_her_code(self):
        """A visitor who types somebody's address learns nothing of what that person asked."""
        self.procedure.max_per_household = 1
        first, _code = self.file_as_visitor()
        self.authenticate(None, None)
        page = self.check_bin(**self._identity())
        self.assertIn("etape=verifier", page.url)
        self.assertFalse(self.errors(page))
        self.assertNotIn(first.number, page.text)

    def test_with_an_account_what_filing_refuses_is_said_before(self):
        self.procedure.commune_ids = self.env["territory.commune"].create(
            {"name": "Ailleurs", "insee_code": "99801", "siren": "219998014"}
        )
        self.sign_in(self.camille)
        response = self.check_bin()
        self.assertEqual(response.status_code, 422)
        self.assertIn(
            "ne concerne pas votre commune",
            response.tree.xpath("//*[@id='erreurs']")[0].text_content(),
        )

    # Without HTTP

    def _fields(self, *types):
        """`+type`: in a block; `type?x`: if x is answered."""
        values = []
        for rank, code in enumerate(types):
            name, _sign, other = code.partition("?")
            value = {"key": f"f{rank}", "type": name, "label": name, "sequence": rank}
            if other:
                value["condition_ids"] = [Command.create({"key": other, "operator": "set"})]
            values.append(Command.create(value))
        Version = self.env["procedure.version"]
        Version.search([("procedure_id", "=", self.long.id), ("state", "=", "draft")]).unlink()
        return Version.create({"procedure_id": self.long.id, "field_ids": values}).field_ids

    def test_the_boxes_that_end_a_form(self):
        for types, final in (
            (("char", "consent"), [1]),
            (("char", "section", "consent"), [1, 2]),
            (("char", "section", "information", "link", "consent", "consent"), [1, 2, 3, 4, 5]),
            (("char", "section", "file", "consent"), [3]),
            (("char", "consent", "section", "consent"), [1, 2, 3]),
            (("char", "page", "consent"), [2]),
            (("char", "section", "information"), []),
            (("consent", "char"), []),
            # A box that depends on a question stays with the others; on another box, it does not.
            (("char", "section", "consent?f0"), [1, 2]),
            (("char", "consent", "consent?f1"), []),
            # Nothing else is asked.
            (("section", "consent"), []),
            ((), []),
        ):
            with self.subTest(types):
                fields = self._fields(*types)
                found = get_final_fields(fields)
                self.assertEqual(found, fields.browse([fields[rank].id for rank in final]))

    def test_a_stamp_changes_with_what_is_said_only(self):
        same = make_stamp(3, {"a": "x\r\ny", "b": "", "c": []}, {}, None, [("p", "1")])
        self.assertEqual(same, make_stamp(3, {"a": "x\ny"}, {"z": ""}, None, [("p", "1")]))
        for other in (
            (4, {"a": "x\ny"}, {}, None, [("p", "1")]),
            (3, {"a": "x y"}, {}, None, [("p", "1")]),
            (3, {"a": "x\ny"}, {"z": "1"}, None, [("p", "1")]),
            (3, {"a": "x\ny"}, {}, 7, [("p", "1")]),
            (3, {"a": "x\ny"}, {}, None, [("p", "2")]),
            (3, {"a": "x\ny"}, {}, None, []),
        ):
            self.assertNotEqual(same, make_stamp(*other))
