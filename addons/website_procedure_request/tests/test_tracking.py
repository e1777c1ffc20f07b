from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestTracking(WebsiteProcedureCommon):
    """A number and its code open a request; they are not to be guessed."""

    def setUp(self):
        super().setUp()
        self.request, self.code = self.file_as_visitor()
        # Another browser, another day.
        self.opener.cookies.clear()
        self.data = {
            **self.hidden(self.get("/suivi")),
            "numero": self.request.number,
            "code": self.code,
        }

    def check_refused(self, words, **data):
        response = self.post("/suivi", {**self.data, **data})
        self.assertEqual(response.status_code, 422)
        self.assertIn(words, response.text)
        self.assertEqual(self.value(response, "numero"), self.request.number)
        page = self.url_open(f"/suivi/{self.request.number}", allow_redirects=False)
        self.assertIn("/suivi?numero=", page.headers["Location"], "Nothing is open")

    def test_another_site_or_an_old_page_opens_nothing(self):
        for csrf_token in ("faux", ""):
            self.check_refused("restée ouverte trop longtemps", csrf_token=csrf_token)
        self.assertEqual(self.post("/suivi", self.data).status_code, 303)

    def test_a_session_that_ended_loses_no_word(self):
        path = f"/suivi/{self.request.number}"
        for number in (self.request.number, "BAC-1999-0001"):
            away = self.url_open(
                f"/suivi/{number}/message",
                data={"message": "Voici pourquoi"},
                headers={"Referer": f"{self.base_url()}/suivi/{number}"},
                allow_redirects=False,
            )
            self.assertURLEqual(away.headers["Location"], f"/suivi?numero={number}")
        self.assertNotIn("Voici pourquoi", self.get("/suivi").text)
        self.url_open(
            f"{path}/message",
            data={"message": "Voici pourquoi"},
            headers={"Referer": self.base_url() + path},
        )
        hidden = self.hidden(self.get("/suivi"))
        self.post("/suivi", {**self.data, **hidden, "numero": self.request.number})
        shown = self.get(path)
        self.assertEqual(shown.tree.xpath("//textarea[@name='message']")[0].text, "Voici pourquoi")

    def test_one_address_does_not_try_number_after_number(self):
        for rank in range(40):
            data = {**self.data, "numero": f"BAC-1999-{rank:04}"}
            self.assertNotIn("Trop d’essais", self.post("/suivi", data).text)
        self.check_refused("Trop d’essais")

    def test_one_address_does_not_try_the_codes_of_one_number(self):
        """However the number is spelled, and even when the right code comes at last."""
        for spelled in [
            self.request.number,
            self.request.number.lower().replace("-", " "),
        ] * 10:
            data = {**self.data, "numero": spelled, "code": "AAAAAAAAAA"}
            self.assertNotIn("Trop d’essais", self.post("/suivi", data).text)
        self.check_refused("Trop d’essais")

    def test_who_finds_her_request_is_not_counted(self):
        """The shared computer of a village hall, all day."""
        for _person in range(22):
            self.assertEqual(self.post("/suivi", self.data).status_code, 303)

    def test_sharing_prints_no_technical_name(self):
        self.assertNotIn("Procedure", self.get("/suivi").text)


class TestTrackingVisitor(WebsiteProcedureCommon):
    def test_visitor_follows_with_number_and_code(self):
        request, code = self.file_as_visitor()
        # Another browser, another day.
        self.opener.cookies.clear()
        page = self.get(f"/suivi/{request.number}")
        self.assertTrue(page.url.endswith(f"/suivi?numero={request.number}"))
        self.assertEqual(self.value(page, "numero"), request.number)
        data = {
            **self.hidden(page),
            "numero": request.number.lower().replace("-", " "),
            "code": code.lower(),
        }
        response = self.post("/suivi", data)
        self.assertEqual(response.headers["Location"], f"/suivi/{request.number}")
        page = self.get(f"/suivi/{request.number}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("facture.jpg", page.text)
        line = request.document_line_ids.id
        self.assertEqual(self.url_open(f"/suivi/{request.number}/fichier/{line}").status_code, 200)

    def test_unknown_number_and_wrong_code_have_the_same_answer(self):
        request, code = self.file_as_visitor()
        self.opener.cookies.clear()
        pages = []
        for number, given in ((request.number, "AAAAAAAAAA"), ("BAC-2026-9999", code)):
            page = self.get("/suivi")
            response = self.post("/suivi", {**self.hidden(page), "numero": number, "code": given})
            self.assertEqual(response.status_code, 422)
            pages.append(self.errors(response))
        self.assertEqual(*pages)
        page = self.url_open(f"/suivi/{request.number}")
        self.assertIn("/suivi?numero=", page.url, "Neither opened the page")

    def test_tries_of_number_and_code_are_counted(self):
        request, code = self.file_as_visitor()
        self.opener.cookies.clear()
        data = {**self.hidden(self.get("/suivi")), "numero": request.number}
        for _try in range(20):
            self.post("/suivi", {**data, "code": "AAAAAAAAAA"})
        response = self.post("/suivi", {**data, "code": code})
        self.assertEqual(response.status_code, 422)
        self.assertIn("Trop d’essais", response.text)
