from odoo import Command

from odoo.addons.website_household.tests.common import RESIDENT, SignupSteps, WebsiteHouseholdCommon

SHEET = {"firstname": "Jean-Noël", "lastname": "D’Aubigné", "birthdate": "1950-02-03"}
PATH = "/my/code"


class TestClaimPages(SignupSteps, WebsiteHouseholdCommon):
    """Jean-Noël came to the counter; an agent gave him a code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waste.reads_family_file = True
        cls.agent = cls._staff("agent", "agent", cls.waste)
        entry = (
            cls.env["household.entry"]
            .with_user(cls.agent)
            .create({"adult_ids": [Command.create(SHEET)], "evidence": "Carte vue"})
        )
        entry.action_enter()
        cls.family = entry.sheet_id.with_env(cls.env)
        cls.sheet = cls.family.member_ids.person_id
        Claim = cls.env["person.claim"].with_user(cls.agent)
        _claim, cls.code = Claim._give(cls.sheet, "hand", "Carte vue")

    def _words(self, page):
        return " ".join(page.tree.xpath("string(//main)").split())

    def _type(self, **values):
        return self.post(PATH, {**self.hidden(self.get(PATH)), **values})

    def test_from_the_letter_to_the_file(self):
        page = self.get("/code")
        [signup] = page.tree.xpath("//main//a[contains(@href, '/inscription')]/@href")
        page = self.get(signup)
        self.post("/inscription", {**self.hidden(page), **RESIDENT})
        answer, _path = self.follow_link()
        self.assertEqual(answer.headers["Location"], PATH)
        self.assertTrue(self.get("/code").tree.xpath("//form[@action='/my/code']"))
        answer = self._type(code=self.code.lower())
        self.assertEqual(answer.status_code, 303)
        self.assertIn("C'est fait", self._words(self.get(answer.headers["Location"])))
        me = self.accounts().partner_id
        self.assertEqual(me._get_current_households(), self.family)
        # What was typed at sign-up waits for an agent.
        self.assertIn("4 rue Basse", self.family.change_ids.line_ids.new_text)

    def test_a_wrong_code_is_said_and_nothing_typed_is_lost(self):
        self.sign_in(self.camille)
        page = self._type(code="ABCD-EFGH-JKMN")
        self.assertIn("Ce code n'est pas bon", self._words(page))
        values = page.tree.xpath("//main//input[@name='code']/@value")
        self.assertEqual(values, ["ABCD-EFGH-JKMN"])
        page = self._type(code=self.code)
        self.assertIn("Ce code n'est pas bon", self._words(page))
        self.assertTrue(self.sheet.active)

    def test_no_code_typed(self):
        self.sign_in(self.camille)
        page = self._type()
        self.assertEqual(page.status_code, 422)
        self.assertIn("douze lettres et chiffres", self._words(page))

    def test_an_organisation_opens_on_its_page(self):
        club = self.env["res.partner"].create(
            {"name": "Amicale", "kind": "association", "rna": "W551000123"}
        )
        club.entry_service_id = self.waste
        club._refresh_reader_services()
        Claim = self.env["person.claim"].with_user(self.agent)
        _claim, code = Claim._give(club, "hand", "Statuts vus", person_name="Camille Durand")
        self.sign_in(self.camille)
        page = self._type(code=code, proof="W551000124")
        self.assertIn("Ce code n'est pas bon", self._words(page))
        values = page.tree.xpath("//main//input[@name='proof']/@value")
        self.assertEqual(values, ["W551000124"])
        answer = self._type(code=code, proof="W551000123")
        self.assertEqual(answer.headers["Location"], f"/my/organisme/{club.id}")
        self.assertIn("Amicale", self._words(self.get(answer.headers["Location"])))

    def test_the_staff_claims_nothing(self):
        self.sign_in(self.manager)
        self.assertEqual(self.get(PATH).status_code, 200)
        answer = self._type(code=self.code)
        self.assertEqual(answer.status_code, 404)

    def test_a_visitor_signs_in_first(self):
        self.assertTrue(self.get(PATH).tree.xpath("//form[contains(@action, '/web/login')]"))
        words = self._words(self.get("/code"))
        self.assertIn("J'ai reçu un code", words)
