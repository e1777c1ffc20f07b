from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ConcurrencyError

from odoo.addons.territory_base import clock

from .common import WebsiteProcedureCommon, photo


class TestFormUpload(WebsiteProcedureCommon):
    """A file sent on its own, before the form: kept through the same doors, or refused in words."""

    def setUp(self):
        super().setUp()
        self.Pending = self.env["website.procedure.pending"]
        self.page = self.get(self.form_path)
        self.data = {**self.hidden(self.page), "_field": "proof"}
        self.path_file = f"{self.path}/fichier"

    def sign_in_again(self, user):
        self.sign_in(user)
        self.page = self.get(self.form_path)
        self.data = {**self.hidden(self.page), "_field": "proof"}

    def send(self, *files, path=None, **data):
        """What the script sends; (status, what it reads)."""
        response = self.url_open(
            path or self.path_file, data={**self.data, **data}, files=files or [self.jpeg()]
        )
        self.assertEqual(response.headers["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response.status_code, response.json()

    def count(self):
        """(forms begun, files of them, attachments of these)."""
        attachments = self.env["ir.attachment"].search_count(
            [("res_model", "=", "website.procedure.pending.file"), ("res_field", "!=", False)]
        )
        files = self.env["website.procedure.pending.file"].search_count([])
        return self.Pending.search_count([("request_id", "=", False)]), files, attachments

    def assertRefused(self, status, sentence, *files, **data):
        before = self.count()
        answer = self.send(*files, **data)
        self.assertEqual(answer[0], status, answer)
        self.assertIn(sentence, answer[1]["error"])
        self.assertEqual(self.count(), before, "Nothing is left of it")
        return answer[1]

    # Kept

    def test_the_file_of_a_visitor_is_kept_under_her_secret_with_what_she_typed(self):
        status, answer = self.send(contact_firstname="Ana")
        self.assertEqual(status, 200, answer)
        self.assertIn("facture.jpg", answer["kept"])
        self.assertIn("bien reçu", answer["kept"])
        self.assertEqual(answer["room"], 1)
        procedure = self.procedure
        pending = self.Pending._find_claimed(procedure, answer["claim"])
        self.assertEqual(pending.file_ids.mapped("name"), ["facture.jpg"])
        self.assertFalse(pending.partner_id)
        # Whatever happens to the page: it is there again in this browser.
        page = self.get(self.form_path)
        self.assertEqual(self.hidden(page)["_claim"], answer["claim"])
        self.assertEqual(self.value(page, "contact_firstname"), "Ana")
        self.assertIn("facture.jpg", page.text)

    def test_the_form_is_then_filed_with_it(self):
        claim = self.send()[1]["claim"]
        data = {**self.hidden(self.page), **self.typed(), **self._identity(), "_claim": claim}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        page = self.get(f"{self.form_path}/code")
        code = self.get_code(data["contact_email"])
        data = {**self.hidden(page), "code": code, "_action": "send"}
        self.assertEqual(self.post(f"{self.form_path}/code", data).status_code, 303)
        document = self.requests_of().document_line_ids.document_id
        self.assertEqual(document.name, "facture.jpg")
        self.assertEqual(self.count(), (0, 0, 0))

    def test_the_file_of_a_resident_is_in_her_draft_and_no_other(self):
        self.sign_in_again(self.camille)
        status, answer = self.send(date_in="24/03/2026")
        self.assertEqual((status, answer["claim"]), (200, ""))
        draft = self.Pending._find_draft(self.procedure, self.camille.partner_id)
        self.assertEqual(draft.file_ids.mapped("field_key"), ["proof"])
        self.assertEqual(draft.answers["date_in"], "24/03/2026")
        self.sign_in_again(self.dominique)
        self.assertNotIn("facture.jpg", self.page.text)
        answer = self.send(self.jpeg(name="autre.jpg"))[1]
        self.assertNotIn("facture.jpg", answer["kept"])
        self.assertEqual(draft.file_ids.mapped("name"), ["facture.jpg"])

    def test_who_signs_in_in_the_middle_finds_it_again(self):
        self.send(contact_firstname="Ana")
        form = "//form[contains(@class, 'oe_login_form')]"
        hidden = self.hidden(self.get("/web/login"), form)
        self.post("/web/login", {**hidden, "login": "camille", "password": "camillex"})
        page = self.get(self.form_path)
        self.assertIn("Une demande commencée sans compte est là", page.text)
        begun = "//main//form[contains(@action, 'sans-compte')]"
        data = {**self.hidden(page, begun), "_action": "resume"}
        self.post(f"{self.path}/brouillon/sans-compte", data)
        self.assertIn("facture.jpg", self.get(self.form_path).text)
        draft = self.Pending._find_draft(self.procedure, self.camille.partner_id)
        self.assertEqual(len(draft.file_ids), 1)

    def test_a_file_sent_again_because_its_answer_was_lost_is_there_once(self):
        self.sign_in_again(self.camille)
        self.path_file = "/demarches/tout-demander/fichier"
        self.data = {**self.hidden(self.get("/demarches/tout-demander/formulaire"))}
        self.data["_field"] = "paper"
        for _each in range(2):
            status, answer = self.send(self.jpeg("paper"))
            self.assertEqual((status, answer["room"]), (200, 1), answer)
        status, answer = self.send(self.jpeg("paper", content=photo("blue")))
        self.assertEqual((status, answer["room"]), (200, 0))
        self.assertEqual(self.count(), (1, 2, 2))

    # Refused

    def test_kinds_and_sizes_are_those_of_the_form(self):
        for name, content, sentence in (
            ("a.exe", b"MZ" + bytes(99), "a.exe"),
            ("a.jpg", b"no picture", "a.jpg"),
            ("a.pdf", b"", "a.pdf"),
            ("a.pdf", b"%PDF" + bytes(10 * 1024 * 1024), "Le maximum est 10 Mo"),
        ):
            with self.subTest(name=name, size=len(content)):
                self.assertRefused(422, sentence, ("proof", (name, content, "image/jpeg")))

    def test_no_more_files_than_the_field_takes(self):
        claim = self.send(self.jpeg(content=photo("green")))[1]["claim"]
        self.assertEqual(self.send(_claim=claim)[1]["room"], 0)
        other = self.jpeg(name="deux.jpg", content=photo("blue"))
        answer = self.assertRefused(422, "deux.jpg", other, _claim=claim)
        self.assertIn("facture.jpg", answer["kept"], "She sees the one that is there")

    def test_what_is_no_file_field_takes_none(self):
        for key in ("", "date_in", "paper", "_paper", "nothing", "x" * 3000):
            with self.subTest(key=key):
                files = [self.jpeg(key or "x")]
                self.assertRefused(404, "Aucun fichier", *files, _field=key)
        self.assertRefused(400, "Aucun fichier", ("other", ("a.jpg", photo(), "image/jpeg")))
        two = [self.jpeg(), self.jpeg(name="b.jpg")]
        self.assertRefused(400, "Aucun fichier", *two)

    def test_a_file_for_another_field_is_not_taken_along(self):
        form = [{"key": key, "type": "file", "label": key} for key in ("front", "back")]
        self._procedure("Deux", "DEUX", self.waste, fields=form, slug="deux")
        self.data = {**self.hidden(self.get("/demarches/deux/formulaire")), "_field": "front"}
        files = [self.jpeg("front"), self.jpeg("back", content=photo("blue"))]
        self.assertEqual(self.send(*files, path="/demarches/deux/fichier")[0], 200)
        self.assertEqual(self.count(), (1, 1, 1))

    def test_the_secret_of_another_form_opens_nothing(self):
        claim = self.send()[1]["claim"]
        pending = self.Pending._find_claimed(self.procedure, claim)
        for foreign in ("x", claim[:-1], str(pending.id), claim + "a" * 100):
            with self.subTest(claim=foreign):
                status, answer = self.send(self.jpeg(name="autre.jpg"), _claim=foreign)
                self.assertEqual(status, 200)
                self.assertNotIn("facture.jpg", answer["kept"])
                self.assertNotIn(answer["claim"], (claim, foreign))
        # Nor is it one in another procedure.
        self.data["_version"] = self.full.version_id.id
        path = "/demarches/tout-demander/fichier"
        status, answer = self.send(self.jpeg("paper"), path=path, _claim=claim, _field="paper")
        self.assertEqual(status, 200)
        self.assertNotEqual(answer["claim"], claim)
        self.assertEqual(pending.file_ids.mapped("name"), ["facture.jpg"])

    def test_a_post_from_another_site_leaves_nothing(self):
        for token in ("", "x", "a" * 64):
            with self.subTest(token=token):
                self.assertRefused(403, "ouverte trop longtemps", csrf_token=token)
        self.sign_in_again(self.camille)
        self.assertRefused(403, "ouverte trop longtemps", csrf_token="")

    def test_a_procedure_that_is_closed_takes_nothing(self):
        self.procedure.date_close = fields.Date.subtract(clock.today(), days=1)
        self.assertRefused(409, "fermée")
        self.procedure.state = "suspended"
        response = self.url_open(self.path_file, data=self.data, files=[self.jpeg()])
        self.assertEqual(response.status_code, 404)

    def test_a_procedure_with_an_account_takes_nothing_of_a_visitor(self):
        self.procedure.account_required = True
        self.assertRefused(403, "Vous n’êtes plus connecté")

    def test_a_page_of_another_version_sends_the_form_first(self):
        self.assertRefused(409, "a changé", _version=self.full.version_id.id)
        self.assertRefused(409, "a changé", _version="")

    def test_so_many_files_an_hour(self):
        target = "odoo.addons.website_parts.tools.upload.MAX_UPLOADS_AN_HOUR"
        with patch(target, 1):
            self.assertEqual(self.send()[0], 200)
            self.assertRefused(422, "Trop d")

    def test_two_at_once_are_played_one_after_the_other(self):
        self.sign_in_again(self.camille)
        # Then played again: locked to count its files, locked to write it down.
        locked = [ConcurrencyError("busy"), None, None]
        with patch.object(type(self.Pending), "_lock", side_effect=locked) as lock:
            self.assertEqual(self.send()[0], 200)
        self.assertEqual(lock.call_count, 3)
        self.assertEqual(self.count(), (1, 1, 1))

    # Where the script is on

    def test_only_the_form_itself_sends_files_on_their_own(self):
        form = self.page.tree.xpath("//form[@data-public-form]")[0]
        self.assertEqual(form.get("data-upload"), self.path_file)
        self.assertEqual(form.get("data-max-size"), str(10 * 1024 * 1024))
        manager = self._staff("manager_upload", "manager", self.waste)
        self.sign_in(manager)
        page = self.get(f"/demarches/apercu/{self.procedure.version_id.id}")
        self.assertFalse(page.tree.xpath("//form[@data-upload]"))
        self.assertFalse(page.tree.xpath("//*[@data-upload-line]"))
