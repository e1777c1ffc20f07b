from .common import WebsiteProcedureCommon


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
