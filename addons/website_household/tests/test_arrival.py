from .common import WebsiteHouseholdCommon


class TestArrival(WebsiteHouseholdCommon):
    def test_who_is_declared_is_shown_until_the_service_has_checked(self):
        person = self.camille.partner_id
        person.write({"birthdate": "1985-05-05", "birthplace": "Verdun"})
        household = person.sudo()._create_household()
        self.sign_in(self.camille)
        page = self.get("/my/foyer/arrivee")
        self.assertFalse(page.tree.xpath("//input[@name='role'][@value='child']"))
        data = {"firstname": "Paul", "lastname": "Essai", "birthdate": "1980-02-03"}
        lacking = self.post("/my/foyer/arrivee", {**self.hidden(page), **data})
        self.assertEqual(set(self.errors(lacking)), {"email"})
        data["email"] = "paul@exemple.test"
        answer = self.post("/my/foyer/arrivee", {**self.hidden(page), **data})
        self.assertEqual(answer.status_code, 303)
        self.assertRegex(self.get("/my").text, r"(?s)Paul Essai.{0,80}En cours de vérification")
        line = self.env["household.change"].search([("subject_id", "=", household.id)]).line_ids
        self.assertEqual(line.new_value["role"], "adult")
        line.state = "refused"
        self.assertNotIn("Paul Essai", self.get("/my").text)

    def test_sign_up_says_which_address_is_wanted(self):
        self.assertIn("votre nouvelle adresse", self.get("/inscription").text)

    def test_who_signed_up_for_a_company_has_a_household_of_her_own(self):
        club = self._delegations(self.camille).organisation_id
        person = self.camille.partner_id
        self.sign_in(self.camille)
        page = self.get("/my/foyer")
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/adresse']"))
        self.assertFalse(page.tree.xpath("//main//a[@href='/my/foyer/depart']"))
        page = self.get("/my/foyer/adresse")
        wrong = self.post("/my/foyer/adresse", {**self.hidden(page), "street": "3 rue Neuve"})
        self.assertEqual(set(self.errors(wrong)), {"commune"})
        self.assertFalse(person._get_current_households())
        data = {"street": "3 rue Neuve", "commune": "55532", "date": "01/11/2026"}
        answer = self.post("/my/foyer/adresse", {**self.hidden(page), **data})
        self.assertIn("fait=foyer", answer.headers["Location"])
        (household,) = person._get_current_households()
        self.assertEqual(household.occupancy_ids.mapped("state"), ["declared"], "opens nothing")
        self.assertFalse(club.occupancy_ids, "hers, not that of the association")
        self.assertIn("3 rue Neuve", self.get("/my").text)
        # From now on it is proposed, as for anybody.
        data = {"street": "4 rue Neuve", "commune": "55532", "date": ""}
        answer = self.post("/my/foyer/adresse", {**self.hidden(page), **data})
        self.assertIn("fait=propose", answer.headers["Location"])
        self.assertEqual(person._current_dwelling().street, "3 rue Neuve")
