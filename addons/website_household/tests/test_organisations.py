from odoo import fields

from odoo.addons.territory_base import clock

from .common import WebsiteHouseholdCommon


class TestOrganisations(WebsiteHouseholdCommon):
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
        yesterday = fields.Date.add(clock.today(), days=-1)
        self.delegations[0].write({"date_start": yesterday, "date_end": yesterday})
        self.assertEqual(self.panel(self.camille), "")
        self.assertNotIn("W551000987", self.get("/my/foyer").text)
