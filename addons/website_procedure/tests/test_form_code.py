from unittest.mock import patch

from odoo import Command

from odoo.addons.website_procedure.models.website_procedure_pending import WebsiteProcedurePending

from .common import WebsiteProcedureCommon

EMAIL = "Ana@Exemple.fr"


class TestFormCode(WebsiteProcedureCommon):
    """What happens to a form between its sending and the code that proves the address."""

    def fill(self, **answers):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity(), **answers}
        return self.post(self.form_path, data, [self.jpeg()])

    def send_code(self, action="send"):
        data = {**self.hidden(self.get(f"{self.form_path}/code")), "_action": action}
        return self.post(f"{self.form_path}/code", {**data, "code": self.get_code(EMAIL)})

    def test_codes_asked_from_one_address_are_limited(self):
        guard = self.env["public.guard"]
        for neighbour in range(30):
            email = f"{neighbour}@exemple.test"
            guard._hit_distinct("procedure.code", "127.0.0.1", email, 30, 3600)
        response = self.fill(note="À garder")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Trop d’essais", self.notice(response))
        self.assertEqual(self.value(response, "note"), "À garder")
        self.assertFalse(self._mails(email=EMAIL))

    def test_a_shared_computer_works_all_day(self):
        """A village hall: who proved her address leaves the place to the next one."""
        guard = self.env["public.guard"]
        for neighbour in range(29):
            email = f"{neighbour}@exemple.test"
            guard._hit_distinct("procedure.code", "127.0.0.1", email, 30, 3600)
        for person in range(4):
            email = f"personne{person}@exemple.test"
            self.opener.cookies.clear()
            self.fill(contact_email=email)
            data = {**self.hidden(self.get(f"{self.form_path}/code")), "_action": "send"}
            answer = self.post(f"{self.form_path}/code", {**data, "code": self.get_code(email)})
            self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(self.requests_of()), 4)

    def test_codes_asked_again_are_limited_and_the_last_one_still_serves(self):
        self.fill()
        for _time in range(4):
            again = self.get(self.send_code("again").headers["Location"])
            self.assertIn("Un autre code est en route", self.notice(again))
        response = self.send_code("again")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Trop d’essais", self.notice(response))
        self.assertEqual(self.send_code().status_code, 303)

    def test_nothing_is_kept_apart_once_the_request_exists(self):
        self.fill()
        pending = self.env["website.procedure.pending"].search([])
        self.assertTrue(pending.answers and pending.identity and pending.file_ids)
        self.send_code()
        request = self.requests_of()
        self.assertEqual(pending.request_id, request)
        self.assertFalse(pending.answers or pending.identity)
        self.assertFalse(self.env["website.procedure.pending.file"].search([]))
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")

    def test_a_second_press_waits_for_the_first(self):
        self.fill()
        free = WebsiteProcedurePending.try_lock_for_update
        presses = []

        def is_free(pending, **kwargs):
            presses.append(pending)
            return free(pending, **kwargs) if len(presses) > 1 else pending.browse()

        with (
            patch.object(WebsiteProcedurePending, "try_lock_for_update", is_free),
            patch("odoo.service.model.time") as waiting,
        ):
            self.assertEqual(self.send_code().status_code, 303)
        self.assertEqual(len(presses), 2)
        waiting.sleep.assert_called_once()
        self.assertEqual(len(self.requests_of()), 1)

    def test_a_question_added_meanwhile_is_asked_beside_its_field(self):
        self.fill(note="À garder")
        self.procedure.action_new_version()
        version = self.procedure.version_ids.filtered(lambda version: version.state == "draft")
        version.field_ids = [
            Command.create({"key": "fresh", "type": "char", "label": "Nouvelle", "required": True})
        ]
        self.procedure.action_publish()
        response = self.send_code()
        self.assertEqual(response.status_code, 422)
        self.assertEqual(list(self.errors(response)), ["fresh"])
        self.assertEqual(self.value(response, "note"), "À garder")
        self.assertIn("facture.jpg", response.text)
        self.assertFalse(self.requests_of())

    def test_a_procedure_closed_meanwhile_says_so_and_loses_nothing(self):
        self.fill(note="À garder")
        self.procedure.date_close = "2020-01-01"
        response = self.send_code()
        self.assertEqual(response.status_code, 200)
        self.assertIn("n'est pas ouverte", self.notice(response))
        self.assertEqual(self.value(response, "note"), "À garder")
        self.assertFalse(self.requests_of())
        self.assertTrue(self.env["website.procedure.pending"].search([]).answers)

    def test_later_is_for_accounts(self):
        """A visitor has no space where to find it again: she goes on."""
        response = self.fill(_action="later")
        self.assertIn("etape=verifier", response.headers["Location"])
