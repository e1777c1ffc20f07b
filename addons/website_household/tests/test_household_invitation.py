from .common import WebsiteHouseholdCommon


class TestHouseholdInvitation(WebsiteHouseholdCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.household = cls.camille.partner_id._create_household()
        cls.invitation = cls.env["household.invitation"]._invite(
            cls.household, cls.camille.partner_id, "Dominique Petit", cls.dominique.email
        )
        cls.path = f"/my/foyer/invitation/{cls.invitation.id}"

    def _words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())

    def _answer(self, act):
        hidden = self.hidden(self.get("/my/foyer/invitation"))
        answer = self.post(self.path, {**hidden, "_do": act})
        self.assertEqual(answer.status_code, 303)
        return self.get(answer.headers["Location"])

    def test_she_is_led_there_and_says_yes(self):
        self.sign_in(self.dominique)
        for path in ("/my", "/my/foyer"):
            links = self.get(path).tree.xpath("//main//a/@href")
            self.assertIn("/my/foyer/invitation", links)
        self.assertIn("Camille Durand", self._words(self.get("/my/foyer/invitation")))
        page = self._answer("accept")
        self.assertIn("Vous êtes dans ce foyer", self._words(page))
        self.assertIn(self.dominique.partner_id, self.household._get_current_members())
        self.assertIn("Aucune invitation", self._words(self.get("/my/foyer/invitation")))

    def test_she_says_no(self):
        self.sign_in(self.dominique)
        self.assertIn("Rien ne change", self._words(self._answer("refuse")))
        self.assertEqual(self.invitation.state, "refused")

    def test_another_person_finds_none_and_answers_none(self):
        self.sign_in(self.camille)
        page = self.get("/my/foyer/invitation")
        self.assertIn("Aucune invitation", self._words(page))
        hidden = self.hidden(self.get("/my/account"))
        for number in (self.invitation.id, 0, 999999, "x"):
            answer = self.post(f"/my/foyer/invitation/{number}", {**hidden, "_do": "accept"})
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.invitation.state, "sent")

    def test_what_no_button_sends_does_nothing(self):
        self.sign_in(self.dominique)
        self._answer("")
        self.assertEqual(self.invitation.state, "sent")
        self.invitation.state = "withdrawn"
        hidden = self.hidden(self.get("/my/account"))
        answer = self.post(self.path, {**hidden, "_do": "accept"})
        self.assertEqual(answer.status_code, 422)

    def test_who_invited_takes_it_back(self):
        self.sign_in(self.camille)
        page = self.get("/my/foyer")
        self.assertIn("Vous avez invité Dominique Petit", self._words(page))
        [button] = page.tree.xpath(f"//form[@action='{self.path}']//button[@name='_do']")
        answer = self.post(self.path, {**self.hidden(page), "_do": button.get("value")})
        page = self.get(answer.headers["Location"])
        self.assertIn("L'invitation est retirée", self._words(page))
        self.assertFalse(page.tree.xpath(f"//form[@action='{self.path}']"))
        self.assertEqual(self.invitation.state, "withdrawn")
        # Twice: nothing more happens.
        answer = self.post(self.path, {**self.hidden(page), "_do": "withdraw"})
        self.assertEqual(answer.headers["Location"], "/my/foyer?fait=")
        self.sign_in(self.dominique)
        self.assertIn("Aucune invitation", self._words(self.get("/my/foyer/invitation")))

    def test_nobody_else_takes_it_back(self):
        self.sign_in(self.dominique)
        hidden = self.hidden(self.get("/my/account"))
        answer = self.post(self.path, {**hidden, "_do": "withdraw"})
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.invitation.state, "sent")
