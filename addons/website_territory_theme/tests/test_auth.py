from .common import PASSWORD, ThemeCase


class TestAuth(ThemeCase):
    def post(self, path, **data):
        page = self.open_page(path)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.open_page(path, data={"csrf_token": token, **data})

    def test_resident_logs_in_without_script(self):
        page = self.open_page("/web/login")
        form = page.xpath("//form[hasclass('oe_login_form')]")[0]
        self.assertNotIn("d-none", form.get("class"))
        page = self.post("/web/login", login="resident@example.com", password=PASSWORD)
        self.assertIn("Bonjour", page.xpath("//h1")[0].text_content())

    def test_login_form_sent_empty_says_what_is_missing(self):
        for data in ({}, {"login": "resident@example.com"}, {"type": "webauthn"}):
            page = self.post("/web/login", **data)
            alert = page.xpath("//div[@role='alert']")[0].text_content()
            self.assertIn("Écrivez votre adresse électronique", alert)

    def test_wrong_password_keeps_the_address(self):
        page = self.post("/web/login", login="personne@example.com", password="x")
        self.assertEqual(page.xpath("//input[@id='login']/@value"), ["personne@example.com"])
        self.assertTrue(page.xpath("//div[@role='alert']"))

    def test_reset_page_does_not_tell_who_has_an_account(self):
        known = self.post("/web/reset_password", login="resident@example.com")
        unknown = self.post("/web/reset_password", login="personne@example.com")
        for page in (known, unknown):
            self.assertIn("Si un compte utilise cette adresse", page.text_content())
            self.assertFalse(page.xpath("//div[@role='alert']"))
        self.assertEqual(
            known.xpath("//main")[0].text_content(), unknown.xpath("//main")[0].text_content()
        )

    def test_reset_page_asks_for_the_address(self):
        page = self.post("/web/reset_password", login="")
        self.assertIn("Écrivez votre adresse", page.xpath("//div[@role='alert']")[0].text_content())
