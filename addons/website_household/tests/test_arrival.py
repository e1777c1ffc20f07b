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
        answer = self.post("/my/foyer/arrivee", {**self.hidden(page), **data})
        self.assertEqual(answer.status_code, 303)
        self.assertRegex(self.get("/my").text, r"(?s)Paul Essai.{0,80}En cours de vérification")
        line = self.env["household.change"].search([("subject_id", "=", household.id)]).line_ids
        self.assertEqual(line.new_value["role"], "adult")
        line.state = "refused"
        self.assertNotIn("Paul Essai", self.get("/my").text)

    def test_sign_up_says_which_address_is_wanted(self):
        self.assertIn("votre nouvelle adresse", self.get("/inscription").text)
