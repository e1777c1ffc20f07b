import re

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

PATH = "/suivi/code"
CODE = r"<strong>([2-9A-HJKMNP-Z]{10})</strong>"


class TestTrackingCode(WebsiteProcedureCommon):
    def ask(self, number, email):
        page = self.get(PATH)
        return self.post(PATH, {**self.hidden(page), "numero": number, "email": email})

    def test_who_lost_her_code_receives_another_and_follows(self):
        request, former = self.file_as_visitor()
        self.opener.cookies.clear()
        page = self.ask(request.number.lower().replace("-", " "), request.contact_email)
        self.assertIn("un nouveau code part", self.notice(page))
        mail = self._mails(email=request.contact_email)[:1]
        code = re.search(CODE, mail.body_html)[1]
        for given, status in ((former, 422), (code, 303)):
            data = {**self.hidden(self.get("/suivi")), "numero": request.number, "code": given}
            self.assertEqual(self.post("/suivi", data).status_code, status)
        self.assertEqual(self.get(f"/suivi/{request.number}").status_code, 200)

    def test_a_stranger_learns_nothing_and_sends_nothing(self):
        request, code = self.file_as_visitor()
        self.opener.cookies.clear()
        mails, pages = self._mails(), []
        for number in (request.number, "BAC-1999-0001"):
            page = self.ask(number, "curieux@exemple.test")
            self.assertEqual(page.status_code, 200)
            pages.append(self.notice(page).replace(number, ""))
        self.assertEqual(*pages)
        self.assertEqual(self._mails(), mails)
        data = {**self.hidden(self.get("/suivi")), "numero": request.number, "code": code}
        self.assertEqual(self.post("/suivi", data).status_code, 303)

    def test_what_is_missing_is_told_and_nothing_is_lost(self):
        page = self.ask("", "ana@exemple")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(set(self.errors(page)), {"numero", "email"})
        self.assertEqual(self.value(page, "email"), "ana@exemple")

    def test_codes_of_one_request_are_limited(self):
        self.env.company.phone = "03 29 00 00 00"
        request, _code = self.file_as_visitor()
        for _time in range(3):
            self.assertEqual(self.ask(request.number, request.contact_email).status_code, 200)
        page = self.ask(request.number, request.contact_email)
        self.assertEqual(page.status_code, 422)
        self.assertIn("Trop d’essais. Réessayez dans 24 h, ou appelez le 03 29", page.text)

    def test_who_knows_only_the_number_does_not_shut_its_owner_out(self):
        request, code = self.file_as_visitor()
        for each in range(8):
            self.assertEqual(self.ask(request.number, f"curieux{each}@autre.test").status_code, 200)
        guard = self.env["public.guard"]
        for _time in range(20):
            # From elsewhere.
            guard._hit("procedure.follow.number", f"{request.number} 192.0.2.9", 20, 900)
        self.opener.cookies.clear()
        data = {**self.hidden(self.get("/suivi")), "numero": request.number, "code": code}
        self.assertEqual(self.post("/suivi", data).status_code, 303)
        mails = self._mails(email=request.contact_email)
        self.assertEqual(self.ask(request.number, request.contact_email).status_code, 200)
        self.assertTrue(self._mails(email=request.contact_email) - mails)

    def test_another_code_closes_the_pages_that_the_former_opened(self):
        """Who kept the former code had read it somewhere: her page stayed, and withdrew."""
        request, code = self.file_as_visitor()
        self.opener.cookies.clear()
        data = {**self.hidden(self.get("/suivi")), "numero": request.number, "code": code}
        self.assertEqual(self.post("/suivi", data).status_code, 303)
        path = f"/suivi/{request.number}"
        page = self.get(path)
        self.assertEqual(page.status_code, 200)
        withdrawal = {**self.hidden(page), "_action": "cancel"}
        request.sudo()._send_new_code()
        closed = self.url_open(path, allow_redirects=False)
        self.assertIn("/suivi?numero=", closed.headers["Location"])
        said = request.message_ids
        self.assertEqual(self.post(f"{path}/annuler", withdrawal).status_code, 404)
        for door in ("message", "completer"):
            answer = self.post(f"{path}/{door}", {**withdrawal, "message": "x"})
            self.assertIn("/suivi?numero=", answer.headers["Location"], "the code is asked again")
        self.assertEqual(request.message_ids, said)
        self.assertEqual(self.get(f"{path}/accuse.pdf").status_code, 404)
        self.assertEqual(request.state, "submitted")

    def test_codes_of_the_form_and_codes_asked_again_are_counted_apart(self):
        """Many neighbours share one address: the day of one limit is not that of the other."""
        guard = self.env["public.guard"]
        for _time in range(11):
            guard._hit("procedure.code", "127.0.0.1", 20, 3600)
        request, _code = self.file_as_visitor()
        self.assertEqual(self.ask(request.number, request.contact_email).status_code, 200)
