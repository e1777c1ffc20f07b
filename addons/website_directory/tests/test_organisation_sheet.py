from odoo.tests import tagged

from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.website_parts.tests.common import PageCase

from .test_directory_proposal import ProposalMakers


@tagged("post_install", "-at_install")
class TestOrganisationSheet(ProposalMakers, HouseholdCase, PageCase):
    """A company reads on its page what everybody reads of it, and what nobody does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_proposals()
        cls.password = "un cheval bleu dans la neige"
        for user in cls.camille | cls.sacha:
            user.sudo().password = cls.password
            user.partner_id.lang = "fr_FR"

    def told(self, user, organisation):
        """{line of the sheet: whether everybody reads it}, and what is told under it"""
        self.authenticate(user.login, self.password)
        page = self.get(f"/my/organisme/{organisation.id}")
        lines = page.tree.xpath("//dl[contains(@class, 'et-sheet')]/div")
        words = " ".join(page.tree.xpath("//div[@id='organisation_public']")[0].itertext())
        return {
            line.find("dt").text: "Public" in "".join(line.findall("dd")[1].itertext())
            for line in lines
        }, " ".join(words.split())

    def test_public_is_what_the_directory_shows(self):
        told, words = self.told(self.camille, self.company)
        self.assertFalse(any(told.values()), "another name, no phone")
        self.assertIn("Le Fournil d’Essai", words)
        self.baker._as_publication().write({"phone": "+33 3 99 99 99 99"})
        self.company.name = "LE FOURNIL D'ESSAI"
        told, _words = self.told(self.camille, self.company)
        self.assertEqual(
            {label for label, is_public in told.items() if is_public}, {"Nom", "Téléphone"}
        )

    def test_off_the_site_nothing_is_public(self):
        self.company.name = self.baker.name
        self._take_off(self.baker)
        told, words = self.told(self.camille, self.company)
        self.assertFalse(any(told.values()))
        self.assertIn("Rien", words)
        _told, words = self.told(self.sacha, self.rival)
        self.assertIn("Rien", words)
        self.assertNotIn("Fournil", words)
