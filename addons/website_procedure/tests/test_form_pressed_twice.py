from .common import WebsiteProcedureCommon


class TestFormPressedTwice(WebsiteProcedureCommon):
    """A visitor presses again on a page whose answer she never read: a double click, a line that
    was cut, a server that stopped. It is the same form."""

    def setUp(self):
        super().setUp()
        self.pending = self.env["website.procedure.pending"].search([])

    def begun(self):
        return self.env["website.procedure.pending"].search([]) - self.pending

    def press(self, page, **answers):
        data = {**self.hidden(page), **self.typed(), **self._identity(), "_action": "check"}
        return self.post(self.form_path, {**data, **answers}, [self.jpeg()])

    def claim(self, response):
        return self.hidden(self.get(response.headers["Location"]))["_claim"]

    def test_she_finds_her_own_form_again(self):
        page = self.get(self.form_path)
        first = self.claim(self.press(page))
        again = self.press(page, contact_firstname="Anaïs")
        self.assertEqual(again.status_code, 303)
        self.assertEqual(self.claim(again), first)
        self.assertEqual(self.begun().identity["contact_firstname"], "Anaïs")
        self.assertFalse(self.begun().partner_id)

    def test_another_page_of_hers_is_another_form(self):
        self.press(self.get(self.form_path))
        page = self.get(self.form_path)
        # As it was opened, before anything was begun.
        self.press(page, _claim="")
        self.press(page, _claim="", _kept="")
        self.assertEqual(len(self.begun()), 3)

    def test_who_knows_the_page_and_has_another_browser_finds_nothing(self):
        page = self.get(self.form_path)
        self.press(page)
        mark = self.hidden(page)["_kept"]
        self.opener.cookies.clear()
        other = self.press(self.get(self.form_path), _kept=mark, contact_firstname="Zoé")
        self.assertEqual(other.status_code, 303)
        names = [pending.identity["contact_firstname"] for pending in self.begun()]
        self.assertEqual(sorted(names), ["Ana", "Zoé"])

    def test_a_post_of_another_site_finds_nothing(self):
        page = self.get(self.form_path)
        first = self.claim(self.press(page))
        answer = self.press(page, csrf_token="forged")
        self.assertNotEqual(self.hidden(answer).get("_claim"), first)
        self.assertNotIn(first, answer.text)

    def test_what_was_sent_is_not_begun_again(self):
        page = self.get(self.form_path)
        first = self.claim(self.press(page))
        self.begun().request_id = self._submit()
        self.assertNotEqual(self.claim(self.press(page)), first)
        self.assertEqual(len(self.begun()), 2)

    def test_what_another_page_goes_on_with_is_left_to_it(self):
        page = self.get(self.form_path)
        first = self.claim(self.press(page))
        self.begun().kept_by = "another page"
        self.assertNotEqual(self.claim(self.press(page, note="Retour")), first)
        self.assertEqual(len(self.begun()), 2)
