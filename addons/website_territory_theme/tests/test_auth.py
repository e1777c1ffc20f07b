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
        alert = page.xpath("//div[@role='alert']")[0].text_content()
        self.assertIn("Adresse électronique ou mot de passe incorrect", alert)

    def test_reset_page_does_not_tell_who_has_an_account(self):
        known = self.post("/web/reset_password", login="resident@example.com")
        unknown = self.post("/web/reset_password", login="personne@example.com")
        for page in (known, unknown):
            self.assertIn("Si un compte utilise cette adresse", page.text_content())
            self.assertFalse(page.xpath("//div[@role='alert']"))
        self.assertEqual(
            known.xpath("//main")[0].text_content(), unknown.xpath("//main")[0].text_content()
        )

    def test_a_new_password_is_typed_once(self):
        partner = self.resident.partner_id
        partner.signup_prepare(signup_type="reset")
        path = f"/web/reset_password?token={partner._generate_signup_token()}"
        page = self.open_page(path)
        self.assertEqual(len(page.xpath("//main//input[@type='password']")), 1)
        token = page.xpath("//input[@name='token']/@value")[0]
        self.post(path, login=self.resident.login, token=token, password="une neuve phrase")
        page = self.post("/web/login", login=self.resident.login, password="une neuve phrase")
        self.assertIn("Bonjour", page.xpath("//h1")[0].text_content())

    def test_an_account_is_closed_in_french_with_nothing_ticked_beforehand(self):
        self.post("/web/login", login=self.resident.login, password=PASSWORD)
        page = self.open_page("/my/security")
        (section,) = page.xpath("//section[@name='portal_deactivate_account']")
        words = section.text_content()
        self.assertNotIn("Delete", words)
        self.assertIn("Fermer définitivement mon compte", words)
        self.assertFalse(section.xpath(".//input[@type='checkbox']"))
        self.assertFalse(section.xpath(".//details/@open"))
        token = section.xpath(".//input[@name='csrf_token']/@value")[0]
        for data, name in (
            ({"validation": "x", "password": PASSWORD}, "validation"),
            ({"validation": self.resident.login, "password": "x"}, "password"),
        ):
            page = self.open_page("/my/deactivate_account", data={"csrf_token": token, **data})
            (section,) = page.xpath("//section[@name='portal_deactivate_account']")
            self.assertTrue(section.xpath(".//details/@open"))
            (bad,) = section.xpath(".//input[@aria-invalid='true']")
            self.assertEqual(bad.get("name"), name)
            self.assertTrue(self.resident.active)
        data = {"validation": self.resident.login, "password": PASSWORD, "csrf_token": token}
        self.open_page("/my/deactivate_account", data=data)
        self.env.invalidate_all()
        self.assertFalse(self.resident.active)

    def test_one_s_own_password_is_changed_with_two_boxes_and_the_error_beside_its_box(self):
        self.post("/web/login", login=self.resident.login, password=PASSWORD)
        page = self.open_page("/my/security")
        section = "//section[@name='portal_change_password']"
        labels = page.xpath(f"{section}//label")
        self.assertEqual(
            [" ".join(label.text_content().split()) for label in labels],
            ["Mot de passe actuel", "Nouveau mot de passe"],
        )
        token = page.xpath(f"{section}//input[@name='csrf_token']/@value")[0]
        for old, new, name in (
            ("", "une neuve phrase", "old"),
            ("pas le bon du tout", "une neuve phrase", "old"),
            (PASSWORD, "", "new1"),
        ):
            data = {"csrf_token": token, "op": "password", "old": old, "new1": new}
            page = self.open_page("/my/security", data=data)
            (bad,) = page.xpath(f"{section}//input[@aria-invalid='true']")
            self.assertEqual(bad.get("name"), name)
            self.assertTrue(page.get_element_by_id(bad.get("aria-describedby").split()[-1]).text)
        data = {"csrf_token": token, "op": "password", "old": PASSWORD, "new1": "une neuve phrase"}
        page = self.open_page("/my/security", data=data)
        self.assertFalse(page.xpath(f"{section}//input[@aria-invalid='true']"))
        self.assertIn("Votre mot de passe est changé", page.text_content())
        self.authenticate(self.resident.login, "une neuve phrase")

    def test_other_ways_to_log_in_are_folded(self):
        page = self.open_page("/web/login")
        self.assertTrue(page.xpath("//details//ul[hasclass('o_login_auth')]//a"))
        self.assertFalse(page.xpath("//details/@open"))
        self.post("/web/login", login=self.resident.login, password=PASSWORD)
        page = self.open_page("/my/security")
        for button in ("auth_totp_portal_enable", "portal_passkey_add"):
            (details,) = page.xpath(f"//button[@id='{button}']/ancestor::details")
            self.assertIsNone(details.get("open"))
        for words in ("Two-factor", "deux facteurs"):
            self.assertNotIn(words, details.text_content())

    def test_reset_page_asks_for_the_address(self):
        page = self.post("/web/reset_password", login="")
        self.assertIn("Écrivez votre adresse", page.xpath("//div[@role='alert']")[0].text_content())
