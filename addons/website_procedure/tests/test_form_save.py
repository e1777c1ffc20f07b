import json
from unittest.mock import patch

from lxml import html

from odoo import Command

from ..controllers import form_save, form_session
from ..pages.form_saving import SHARED_COOKIE
from .common import WebsiteProcedureCommon

FORM = [
    {"key": "last", "type": "char", "label": "Nom", "prefill": "lastname"},
    {"key": "note", "type": "char", "label": "Note"},
    {"key": "bank", "type": "iban", "label": "IBAN"},
    {"key": "income", "type": "char", "label": "Revenu du foyer"},
    {"key": "paper", "type": "file", "label": "Papier"},
    {"key": "others", "type": "block", "label": "Personne"},
    {"key": "who", "type": "char", "label": "Prénom", "block_key": "others"},
    {"key": "agree", "type": "consent", "label": "J'accepte"},
]
# Of one save: rights, the form, the draft.
QUERIES = 45


class TestFormSave(WebsiteProcedureCommon):
    """What is typed is kept while she types; nothing that another page wrote is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls._procedure("Note", "NOTE", cls.waste, fields=FORM, slug="note")
        cls.note_path = "/demarches/note/formulaire"
        cls.save_path = "/demarches/note/brouillon/enregistrer"

    def drafts(self):
        self.env.invalidate_all()
        return self.env["website.procedure.pending"].search(
            [("procedure_id", "=", self.note.id)], order="id"
        )

    def save(self, page, **typed):
        """As the script does, the page then carrying what was answered."""
        answer = self.url_open(self.save_path, data={**self.hidden(page), **typed})
        told = answer.json()
        for name in ("kept", "claim"):
            for field in page.tree.xpath(f"//input[@name='_{name}']"):
                field.set("value", told.get(name) or field.get("value"))
        return answer.status_code, told

    def open(self):
        return self.get(self.note_path)

    def test_what_an_account_types_is_kept(self):
        self.sign_in(self.camille)
        page = self.open()
        status, told = self.save(page, last="Autre", note="Bonjour", paper="x")
        self.assertEqual(status, 200)
        self.assertRegex(told["said"], r"Enregistré à \d+\xa0h\xa0\d\d")
        draft = self.drafts()
        self.assertEqual(draft.partner_id, self.camille.partner_id)
        self.assertEqual((draft.answers["last"], draft.answers["note"]), ("Autre", "Bonjour"))
        self.assertEqual(self.value(self.open(), "note"), "Bonjour")

    def test_a_page_only_opened_leaves_nothing(self):
        self.sign_in(self.camille)
        page = self.open()
        last = self.value(page, "last")
        self.assertEqual(self.save(page, last=last)[0], 200)
        self.assertFalse(self.drafts())
        self.authenticate(None, None)
        self.assertEqual(self.save(self.open(), note="")[0], 200)
        self.assertFalse(self.drafts())

    def test_what_was_only_typed_is_offered_then_and_not_shown(self):
        """At a library, the next one opens the same form at the same browser."""
        page = self.open()
        self.save(page, note="Bonjour")
        self.assertEqual(self.value(self.open(), "note"), "Bonjour")
        with patch.object(form_session, "LEFT_SECONDS", 0):
            later = self.open()
            self.assertFalse(self.value(later, "note"))
            self.assertIn("Elle a été laissée dans ce navigateur", later.text)
            self.post(
                "/demarches/note/brouillon/sans-compte", {**self.hidden(later), "_action": "resume"}
            )
            self.assertEqual(self.value(self.open(), "note"), "Bonjour")

    def test_a_visitor_finds_it_again_in_her_browser_only(self):
        page = self.open()
        _status, told = self.save(page, note="Bonjour", contact_lastname="Aubertin")
        draft = self.drafts()
        self.assertFalse(draft.partner_id)
        self.assertEqual(draft.identity["contact_lastname"], "Aubertin")
        self.assertEqual(self.value(self.open(), "note"), "Bonjour")
        self.assertEqual(self.save(page, note="Bonsoir", _claim=told["claim"])[0], 200)
        self.assertEqual(self.drafts(), draft, "The same one")
        self.assertEqual(draft.answers["note"], "Bonsoir")
        self.authenticate(None, None)
        page = self.open()
        self.assertFalse(self.value(page, "note"))
        # A secret that she guessed finds nothing of hers.
        self.save(page, note="Autre", _claim=told["claim"][:-1] + "x")
        self.assertEqual(draft.answers["note"], "Bonsoir")

    def test_who_may_not(self):
        page = self.open()
        self.sign_in(self.camille)
        mine = self.open()
        self.assertEqual(self.save(mine, note="x", csrf_token="")[0], 403)
        self.assertEqual(self.save(mine, note="x", _version="0")[0], 403)
        self.authenticate(None, None)
        self.assertEqual(self.save(mine, note="x")[0], 403, "Her session has ended")
        self.note.account_required = True
        self.assertEqual(self.save(page, note="x")[0], 403)
        self.note.action_suspend()
        self.assertGreaterEqual(self.url_open(self.save_path, data={}).status_code, 400)
        self.assertFalse(self.drafts())

    def test_the_address_of_her_draft_gives_another_nothing(self):
        self.sign_in(self.camille)
        page = self.open()
        self.save(page, note="Bonjour")
        draft = self.drafts()
        self.sign_in(self.dominique)
        other = self.open()
        forged = {**self.hidden(page), "csrf_token": self.hidden(other)["csrf_token"]}
        self.url_open(self.save_path, data={**forged, "note": "Autre"})
        self.env.invalidate_all()
        self.assertEqual(draft.answers["note"], "Bonjour")

    def test_another_window_is_never_written_over(self):
        self.sign_in(self.camille)
        first, second = self.open(), self.open()
        self.assertEqual(self.save(first, note="Premier")[0], 200)
        status, told = self.save(second, note="Second")
        self.assertEqual(status, 409)
        self.assertIn("dans une autre fenêtre", told["error"])
        self.assertEqual(self.drafts().answers["note"], "Premier")
        # The buttons of the form say so too, and write once she presses again.
        data = {**self.hidden(second), "note": "Second", "_action": "later"}
        page = self.post(self.note_path, data)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Rien n’a été remplacé", page.text)
        self.assertEqual(self.value(page, "note"), "Second")
        self.assertEqual(self.drafts().answers["note"], "Premier")
        data = {**self.hidden(page), "note": "Second", "_action": "later"}
        self.assertEqual(self.post(self.note_path, data).status_code, 303)
        self.assertEqual(self.drafts().answers["note"], "Second")

    def test_nor_from_the_page_where_all_is_read_again(self):
        self.sign_in(self.camille)
        page = self.open()
        data = {**self.hidden(page), "note": "Premier", "_action": "check"}
        read = self.get(self.post(self.note_path, data).headers["Location"])
        self.save(self.open(), note="Second")
        page = self.post(self.note_path, {**self.hidden(read), "_action": "later"})
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.drafts().answers["note"], "Second")

    def test_a_file_given_in_an_older_window_writes_over_nothing(self):
        self.sign_in(self.camille)
        first, second = self.open(), self.open()
        self.save(first, note="Premier")
        data = {**self.hidden(second), "note": "Second", "_field": "paper"}
        answer = self.post("/demarches/note/fichier", data, [self.jpeg("paper")])
        self.assertEqual((answer.status_code, answer.json()["stamp"]), (200, ""))
        draft = self.drafts()
        self.assertEqual((draft.answers["note"], len(draft.file_ids)), ("Premier", 1))
        # In the page that is up to date, the next save knows what the file brought.
        data = {**self.hidden(first), "note": "Premier bis", "_field": "paper"}
        self.post("/demarches/note/fichier", data, [self.jpeg("paper")])
        self.assertEqual(self.save(first, note="Premier ter")[0], 200)

    def test_an_answer_that_was_lost_is_no_other_window(self):
        """The line was cut after the server had kept it: the page still carries what was before."""
        self.sign_in(self.camille)
        page = self.open()
        carried = self.hidden(page)
        self.save(page, note="Un")
        answer = self.url_open(self.save_path, data={**carried, "note": "Un deux"})
        self.assertEqual(answer.status_code, 200)

    def test_what_was_sent_is_not_begun_again(self):
        self.sign_in(self.camille)
        page = self.open()
        self.save(page, note="Bonjour")
        other = self.open()
        response = self.post(self.note_path, {**self.hidden(other), "_action": "send"})
        self.assertEqual(response.status_code, 303)
        self.assertTrue(self.requests_of(self.note))
        status, told = self.save(page, note="Bonjour encore")
        self.assertEqual(status, 410)
        self.assertIn("envoyé ou supprimé", told["error"])
        self.assertFalse(self.drafts())

    def test_what_waits_for_its_code_is_not_changed(self):
        page = self.open()
        _status, told = self.save(page, note="Bonjour", **self._identity())
        draft = self.drafts()
        draft.request_id = self._submit()
        self.assertEqual(self.save(page, note="Autre", _claim=told["claim"])[0], 410)
        self.assertEqual(self.drafts().answers["note"], "Bonjour")

    def test_it_has_a_limit(self):
        self.sign_in(self.camille)
        page = self.open()
        with patch.object(form_save, "SAVES_AN_HOUR", 2):
            kept = [self.save(page, note=str(time))[0] for time in range(4)]
        self.assertEqual(kept, [200, 200, 429, 429])

    def test_no_question_costs_a_query(self):
        self.sign_in(self.camille)
        counts = []
        for size in (10, 60):
            form = [
                {
                    "key": f"f{rank}",
                    "type": ("char", "date", "selection")[rank % 3],
                    "label": f"Question {rank}",
                    "option_ids": self._choices(("a", "A")) if rank % 3 == 2 else [],
                }
                for rank in range(size)
            ]
            slug = f"long-{size}"
            self._procedure(slug, f"LONG{size}", self.waste, fields=form, slug=slug)
            page = self.get(f"/demarches/{slug}/formulaire")
            path = f"/demarches/{slug}/brouillon/enregistrer"
            data = {**self.hidden(page), "f0": "Bonjour"}
            self.url_open(path, data=data)
            self.env.flush_all()
            before = self.cr.sql_log_count
            answer = self.url_open(path, data={**data, "f0": "Bonsoir"})
            self.assertEqual(answer.status_code, 200)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], QUERIES)

    # What the browser may keep

    def store(self, page):
        (form,) = page.tree.xpath("//form[@data-public-form]")
        return json.loads(form.get("data-store") or "null")

    def test_the_server_says_what_a_browser_may_keep(self):
        self.sign_in(self.camille)
        store = self.store(self.open())
        self.assertEqual(store["names"], ["last", "note", "others"])
        self.assertEqual(store["key"], self.store(self.open())["key"], "Hers, another day too")
        self.assertFalse(store["draft"])
        self.save(self.open(), note="Bonjour")
        self.assertTrue(self.store(self.open())["draft"])
        self.sign_in(self.dominique)
        self.assertNotEqual(store["key"], self.store(self.open())["key"])

    def test_a_delicate_part_is_kept_by_no_browser(self):
        form = [
            {"key": "p", "type": "page", "label": "Divorce ou séparation"},
            {"key": "s", "type": "section", "label": "Divers"},
            {"key": "note", "type": "char", "label": "Note"},
            {"key": "q", "type": "page", "label": "Logement"},
            {"key": "rooms", "type": "char", "label": "Pièces"},
            {"key": "rows", "type": "block", "label": "Personne"},
            {"key": "rib", "type": "iban", "label": "Compte", "block_key": "rows"},
            {
                "key": "why",
                "type": "selection",
                "label": "Motif",
                "option_ids": [Command.create({"value": "a", "label": "Divorce"})],
            },
        ]
        self._procedure("Parties", "PARTIES", self.waste, fields=form, slug="parties")
        self.sign_in(self.camille)
        self.assertEqual(self.store(self.get("/demarches/parties/formulaire"))["names"], ["rooms"])

    def test_a_visitor_is_given_another_key_once_she_is_gone(self):
        key = self.store(self.open())["key"]
        self.assertEqual(self.store(self.open())["key"], key)
        self.sign_in(self.camille)
        self.assertNotEqual(self.store(self.open())["key"], key)
        self.url_open("/web/session/logout")
        self.authenticate(None, None)
        self.assertNotEqual(self.store(self.open())["key"], key)

    def test_logging_out_empties_the_browser(self):
        self.sign_in(self.camille)
        answer = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertEqual(answer.headers["Clear-Site-Data"], '"storage"')

    def test_a_shared_computer_keeps_nothing(self):
        self.opener.cookies.set(SHARED_COOKIE, "1", path="/")
        page = self.open()
        (form,) = page.tree.xpath("//form[@data-public-form]")
        self.assertFalse(form.get("data-save") or form.get("data-store"))
        self.assertEqual(self.save(page, note="Bonjour")[0], 403)
        self.assertFalse(self.drafts())
        self.sign_in(self.camille)
        self.opener.cookies.set(SHARED_COOKIE, "1", path="/")
        page = self.open()
        self.assertFalse(self.store(page))
        self.assertEqual(self.save(page, note="Bonjour")[0], 200, "In her account")

    def test_a_page_to_look_at_saves_nothing(self):
        self.sign_in(self.manager)
        page = self.get(f"/demarches/apercu/{self.note.version_id.id}")
        text = html.tostring(page.tree, encoding="unicode")
        self.assertNotIn("data-save", text)
        self.assertNotIn('name="_kept"', text)
