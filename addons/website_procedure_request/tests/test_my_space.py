from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon


class TestMySpace(WebsiteProcedureCommon):
    """What the account of a person says of her requests."""

    def test_a_request_says_for_whom_and_all_delegates_see_it(self):
        club = self._delegations(self.camille, self.dominique).organisation_id
        self.procedure.applicant_kinds = "any"
        self.file_as(self.camille, _for=str(club.id))
        for user in (self.camille, self.dominique):
            self.sign_in(user)
            self.assertIn("pour Amicale", self.get("/my").text)


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
