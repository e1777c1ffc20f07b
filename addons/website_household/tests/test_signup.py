import json

from odoo import Command

from .common import PASSWORD, SignupSteps, WebsiteHouseholdCommon


class TestSignup(SignupSteps, WebsiteHouseholdCommon):
    def test_countries_are_in_the_order_of_a_dictionary(self):
        options = self.get("/inscription").tree.xpath("//select[@name='birth_country']/option")
        names = [option.text.strip() for option in options]
        self.assertLess(names.index("Brésil"), names.index("Bulgarie"))
        self.assertLess(names.index("Égypte"), names.index("Finlande"))

    def test_account_is_open_once_its_link_is_followed(self):
        response = self.fill()
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertIn("jean@exemple.fr", self.get(response.headers["Location"]).text)
        account = self.accounts()
        self.assertFalse(account.active)
        response, path = self.follow_link()
        self.assertTrue(account.active)
        self.assertIn(account.login, response.text)
        response, path = self.follow_link(path)
        self.assertIn("plus valable", response.text)
        person = account.partner_id
        self.assertEqual((person.firstname, str(person.birthdate)), ("Jean-Noël", "1950-02-03"))
        self.assertEqual(person._current_dwelling().commune_id, self.vaubecourt)

    def test_in_the_browser_of_the_sign_up_the_link_signs_in_and_no_password_is_asked(self):
        self.fill()
        path = self.link()
        account = self.accounts()
        page = self.get(path)
        self.assertTrue(account.active)
        self.assertIn("Votre compte est ouvert", page.text)
        self.assertIn(account.login, page.text)
        self.assertEqual(self.url_open("/my").url.rpartition("/")[2], "my", "signed in")
        # The link works once: in this browser it leads home, in another it is no longer valid.
        self.assertTrue(self.get(path).url.endswith("/my"))
        self.authenticate(None, None)
        self.assertIn("plus valable", self.get(path).text)
        self.assertTrue(self.url_open("/my").url.partition("?")[0].endswith("/web/login"))

    def test_on_another_device_the_password_is_asked_once_and_signs_in(self):
        self.fill()
        response, _path = self.follow_link()
        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.url_open("/my").url.endswith("/my"), "signed in")

    def test_the_browser_of_who_signed_up_in_another_s_name_opens_nothing_for_the_owner(self):
        """The thief's browser holds the sign-up, the owner's mailbox the link: nobody has both."""
        self.fill(password="le mot de passe du voleur")
        path = self.link()
        self.authenticate(None, None)
        page = self.get(path)
        self.assertIn("Tapez votre mot de passe", page.text)
        self.assertFalse(self.accounts().active)
        # Her own sign-up in her browser, for another account, does not count for this one.
        self.fill(email="autre@exemple.fr")
        page = self.get(path)
        self.assertIn("Tapez votre mot de passe", page.text)
        self.assertFalse(self.accounts().active)
        data = {**self.hidden(page), "password": "celui d'un autre compte"}
        self.assertEqual(self.post("/inscription/confirmer", data).status_code, 422)
        self.assertFalse(self.accounts().active)

    def test_no_other_place_is_reached_by_a_sign_up(self):
        for place in (
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/demarches/../web/session/logout",
            "/web/session/logout",
            "/demarches?x=1",
            "/my\r\nX: y",
        ):
            page = self.get("/inscription", params={"redirect": place})
            self.assertNotIn("redirect", self.hidden(page), place)
        self.fill(redirect="//evil.example")
        response = self.url_open(self.link(), allow_redirects=False)
        self.assertEqual(response.status_code, 200)

    def test_the_address_is_carried_to_the_page_of_log_in(self):
        self.fill()
        page = self.get("/web/login")
        self.assertEqual(page.tree.xpath("//input[@name='login']/@value"), ["jean@exemple.fr"])

    def test_opening_the_link_alone_confirms_nothing(self):
        self.fill()
        self.authenticate(None, None)
        page = self.get(self.link())
        self.assertEqual(page.status_code, 200)
        for words in ("Tapez votre mot de passe", "Créez de nouveau votre compte"):
            self.assertIn(words, page.text)
        response, _path = self.follow_link(password="")
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.accounts().active)

    def test_link_without_the_password_of_the_sign_up_confirms_nothing(self):
        """Somebody else typed this name and this address, with a password of his own."""
        self.fill(password="le mot de passe du voleur")
        account = self.accounts()
        for _try in range(5):
            response, path = self.follow_link()
            self.assertEqual(response.status_code, 422)
            self.assertEqual(list(self.errors(response)), ["password"])
            self.assertTrue(self.title(response).startswith("Erreur"))
            self.assertNotIn(PASSWORD, response.text)
        self.assertFalse(account.active)
        # Five tries: the right one no longer counts, whoever types it.
        response, path = self.follow_link(path, "le mot de passe du voleur")
        self.assertIn("Trop d’essais", self.notice(response))
        self.assertFalse(account.active)

    def test_known_address_gets_the_same_answer(self):
        first = self.fill()
        self.follow_link()
        self.authenticate(None, None)
        again = self.fill()
        other = self.fill(email="inconnu@exemple.fr")
        for response in (again, other):
            self.assertEqual(response.status_code, first.status_code)
            self.assertEqual(response.headers["Location"], first.headers["Location"])
        self.assertEqual(len(self.accounts()), 1)

    def test_form_sent_twice_opens_one_account(self):
        page = self.get("/inscription")
        response = self.fill(guard_token=self.hidden(page)["guard_token"])
        self.assertEqual(response.status_code, 303)
        response = self.fill(guard_token=self.hidden(page)["guard_token"])
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.accounts()), 1)

    def test_one_address_is_signed_up_a_few_times_an_hour(self):
        for number in range(5):
            response = self.fill(firstname=f"Jean{'abcde'[number]}")
            self.assertEqual(response.status_code, 303)
        response = self.fill(firstname="Jeannot", email="Jean@Exemple.fr")
        self.assertIn("Trop d", self.errors(response)["email"])
        self.assertEqual(len(self.accounts()), 5)
        self.assertEqual(self.fill(email="autre@exemple.fr").status_code, 303)

    def test_errors_are_beside_their_fields_and_nothing_is_lost_but_the_password(self):
        response = self.fill(kind="company", company_registry="123", email="jean@", birthdate="x")
        self.assertEqual(response.status_code, 422)
        self.assertTrue(self.title(response).startswith("Erreur"))
        errors = self.errors(response)
        self.assertLessEqual(
            {"company_registry", "email", "birthdate", "organisation"}, set(errors)
        )
        self.assertEqual(self.value(response, "company_registry"), "123")
        self.assertEqual(self.value(response, "email"), "jean@")
        self.assertEqual(self.value(response, "birthdate"), "x")
        self.assertEqual(self.value(response, "kind"), ["company"])
        self.assertEqual(self.value(response, "commune"), "55532")
        self.assertNotIn(PASSWORD, response.text)
        self.assertFalse(self.accounts())
        # Corrected, it goes with the same token.
        self.assertEqual(self.fill(**self.hidden(response)).status_code, 303)

    def test_former_commune_is_chosen_by_its_name(self):
        former = {"name": "Écluse-le-Vieux", "insee_code": "99801"}
        same = {"name": "Vaubecourt", "insee_code": "99802"}
        self.vaubecourt.former_ids = [Command.create(former), Command.create(same)]
        choices = self.choices(self.get("/inscription"), "commune")
        names = list(choices)
        self.assertEqual(choices["Vaubecourt"], "55532")
        rank = names.index("Écluse-le-Vieux (Vaubecourt)")
        self.assertLess(rank, names.index("Revigny-sur-Ornain"), "é is read as e")
        chosen = choices["Écluse-le-Vieux (Vaubecourt)"]
        response = self.fill(commune=chosen, birthdate="x")
        self.assertEqual(self.value(response, "commune"), chosen)
        self.assertEqual(self.fill(commune=chosen).status_code, 303)
        self.follow_link()
        dwelling = self.accounts().partner_id._current_dwelling()
        self.assertEqual(dwelling.commune_id, self.vaubecourt)

    def test_the_commune_of_a_sign_up_is_chosen_not_guessed(self):
        self.vaubecourt.former_ids = [Command.create({"name": "Écluse-sans-Code"})]
        response = self.fill(commune="")
        self.assertEqual(
            self.errors(response)["commune"], "Erreur : Choisissez une commune dans la liste."
        )
        self.assertEqual(self.value(response, "street"), "4 rue Basse")

    def test_address_outside_the_territory_is_kept_on_the_person(self):
        page = self.get("/inscription")
        choices = self.choices(page, "commune")
        self.assertEqual(list(choices)[-1], "Une autre commune, hors du territoire")
        [block] = page.tree.xpath("//main//*[@data-if][.//*[@name='city']]")
        self.assertIn("hors du territoire", block.text_content())
        [[_join, conditions]] = json.loads(block.get("data-if"))
        self.assertIn(["commune", "in", [choices[list(choices)[-1]]]], conditions)
        typed = {"situation": "leaving", "commune": "outside", "zip": "54000"}
        response = self.fill(**typed)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(list(self.errors(response)), ["city"])
        for name, value in {**typed, "situation": ["leaving"], "street": "4 rue Basse"}.items():
            self.assertEqual(self.value(response, name), value)
        response = self.fill(**typed, city="Nancy")
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.follow_link()
        person = self.accounts().partner_id
        self.assertEqual(
            (person.street, person.zip, person.city), ("4 rue Basse", "54000", "Nancy")
        )
        self.assertFalse(person._current_dwelling())

    def test_city_typed_beside_a_commune_of_the_list_is_not_left_out_in_silence(self):
        response = self.fill(city="Nancy")
        self.assertEqual(response.status_code, 422)
        errors = self.errors(response)
        self.assertEqual(list(errors), ["city"])
        self.assertIn("Une autre commune, hors du territoire", errors["city"])
        self.assertEqual(self.value(response, "city"), "Nancy")
        self.assertEqual(self.value(response, "commune"), "55532")
        # Whoever plans to come may leave the address empty, not half of it.
        response = self.fill(situation="planning", street="", commune="", city="Nancy")
        self.assertLessEqual({"street", "commune", "city"}, set(self.errors(response)))
        self.assertFalse(self.accounts())

    def test_expired_page_keeps_what_was_typed(self):
        for broken in ({"csrf_token": "x"}, {"guard_token": "x"}):
            response = self.fill(**broken)
            self.assertEqual(response.status_code, 200)
            self.assertIn("restée ouverte trop longtemps", self.notice(response))
            self.assertEqual(self.value(response, "lastname"), "D’Aubigné")
        self.assertFalse(self.accounts())

    def test_robot_is_refused(self):
        response = self.fill(guard_confirmation="http://exemple.fr")
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self.accounts())

    def test_notice_of_the_register_is_printed(self):
        processing = self.env.ref("privacy_register.processing_account")
        notice = processing.with_context(lang="fr_FR")._get_notice_summary()
        self.assertIn(notice, self.get("/inscription").tree.text_content())

    def test_core_sign_up_leads_here_but_an_invitation_stays(self):
        response = self.url_open("/web/signup", allow_redirects=False)
        self.assertEqual(response.status_code, 301)
        self.assertTrue(response.headers["Location"].endswith("/inscription"))
        partner = self.dominique.partner_id.sudo()
        partner.signup_prepare()
        token = partner._generate_signup_token()
        self.assertEqual(self.url_open(f"/web/signup?token={token}").status_code, 200)
        self.sign_in(self.camille)
        self.assertTrue(self.url_open("/inscription").url.endswith("/my"))

    def test_identifier_is_sent_by_mail_and_the_page_says_nothing(self):
        answers = []
        for email in (self.camille.email, "inconnu@exemple.fr"):
            page = self.get("/inscription/identifiant")
            response = self.post("/inscription/identifiant", {**self.hidden(page), "email": email})
            answers.append((response.status_code, self.notice(response)))
            self.assertNotIn(email, response.text)
        self.assertEqual(*answers)
        page = self.get("/inscription/identifiant")
        response = self.post("/inscription/identifiant", {**self.hidden(page), "email": "x"})
        self.assertEqual(list(self.errors(response)), ["email"])

    def test_log_in_page_leads_to_what_people_look_for(self):
        page = self.get("/web/login")
        for path in ("/inscription", "/inscription/identifiant", "/suivi"):
            self.assertTrue(page.tree.xpath(f"//main//a[@href='{path}']"), path)

    def test_mails_to_one_account_are_few_and_it_is_not_said(self):
        """Asked in her name by core's page, by ours or by a call: her mailbox is not filled."""
        Users = self.env["res.users"].with_user(self.dominique)
        before = self.env["mail.mail"].search([])
        for _each in range(4):
            for name in ("camille", self.camille.email, self.camille.email.upper()):
                self.assertTrue(Users.reset_password(name))
            Users._send_identifiers(self.camille.email)
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mails), 5)
        self.assertEqual({self.camille.email in mail.email_to for mail in mails}, {True})
        Users.reset_password("dominique")
        mails = self.env["mail.mail"].search([]) - before - mails
        self.assertIn(self.dominique.email, mails.email_to)
