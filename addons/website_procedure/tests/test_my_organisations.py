from odoo import fields

from .common import WebsiteProcedureCommon


class TestMyOrganisations(WebsiteProcedureCommon):
    """What an organisation sees of itself, by those who act for it today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delegations = cls._delegations(cls.camille, cls.dominique)
        cls.delegations[0].role = "Présidente"
        cls.club = cls.delegations.organisation_id
        cls.club.write({"rna": "W551000987", "street": "1 place de la Mairie"})
        cls.club.commune_id = cls.vaubecourt

    def panel(self, user):
        self.sign_in(user)
        panels = self.get("/my").tree.xpath("//section[@data-organisation]")
        return " ".join(panels[0].text_content().split()) if panels else ""

    def test_its_delegates_read_its_sheet_and_who_acts_for_it(self):
        words = self.panel(self.camille)
        for part in ("Amicale", "W551000987", "1 place de la Mairie", "Présidente"):
            self.assertIn(part, words)
        self.assertIn(self.dominique.name, words)
        self.assertIn(self.camille.name, self.panel(self.dominique))

    def test_who_asks_or_no_longer_acts_reads_the_name_that_she_wrote(self):
        self.delegations[1].write({"state": "asked", "organisation_name": "Mon club"})
        self.assertEqual(self.panel(self.dominique), "")
        page = self.get("/my/foyer").text
        self.assertIn("Mon club", page)
        self.assertNotIn("W551000987", page)
        self.assertNotIn(self.camille.name, page)
        self.assertIn("vérifie", page)
        yesterday = fields.Date.add(fields.Date.today(), days=-1)
        self.delegations[0].write({"date_start": yesterday, "date_end": yesterday})
        self.assertEqual(self.panel(self.camille), "")
        self.assertNotIn("W551000987", self.get("/my/foyer").text)

    def test_a_request_says_for_whom_and_all_delegates_see_it(self):
        self.procedure.applicant_kinds = "any"
        self.file_as(self.camille, _for=str(self.club.id))
        for user in (self.camille, self.dominique):
            self.sign_in(user)
            self.assertIn("pour Amicale", self.get("/my").text)

    def test_its_own_address_is_proposed_when_one_acts_for_it(self):
        procedure = self._procedure(
            "Subvention",
            "SUBV",
            self.waste,
            fields=[{"key": "home", "type": "address", "label": "Adresse", "prefill": "address"}],
            slug="subvention-essai",
        )
        self.camille.partner_id.street = "8 rue du Lavoir"
        self.sign_in(self.camille)
        path = f"/demarches/{procedure.slug}/formulaire"
        street = "//input[@name='home.street']/@value"
        self.assertEqual(self.get(path).tree.xpath(street), ["8 rue du Lavoir"])
        page = self.get(f"{path}?pour={self.club.id}").tree
        self.assertEqual(page.xpath(street), ["1 place de la Mairie"])
        chosen = page.xpath("//input[@name='_for'][@checked]/@value")
        self.assertEqual(chosen, [str(self.club.id)])
        # Another's organisation changes nothing.
        self.delegations[0].state = "ended"
        page = self.get(f"{path}?pour={self.club.id}").tree
        self.assertEqual(page.xpath(street), ["8 rue du Lavoir"])
        procedure.applicant_kinds = "organisation"
        self.delegations[0].state = "active"
        self.assertEqual(self.get(path).tree.xpath(street), ["1 place de la Mairie"])


class TestNewcomer(WebsiteProcedureCommon):
    def test_who_arrives_is_led_to_what_newcomers_do(self):
        newcomer = self.env.ref("territory_base.territory_audience_newcomer")
        self.procedure.audience_ids = newcomer
        self.full.audience_ids = self.audience
        link = f"/demarches/{self.procedure.slug}"
        person = self.camille.partner_id
        person.situation = "settled"
        self.sign_in(self.camille)
        self.assertNotIn("Vous arrivez", self.get("/my").text)
        person.situation = "arriving"
        page = self.get("/my").tree
        (section,) = page.xpath("//section[@aria-labelledby='arrivee']")
        self.assertIn(link, section.xpath(".//a/@href"))
        self.assertNotIn(f"/demarches/{self.full.slug}", section.xpath(".//a/@href"))
        self.file_as(self.camille)
        self.assertNotIn("Vous arrivez", self.get("/my").text)

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
        line = self.env["household.change"].search([("household_id", "=", household.id)]).line_ids
        self.assertEqual(line.new_value["role"], "adult")
        line.state = "refused"
        self.assertNotIn("Paul Essai", self.get("/my").text)

    def test_sign_up_says_which_address_is_wanted(self):
        self.assertIn("votre nouvelle adresse", self.get("/inscription").text)
