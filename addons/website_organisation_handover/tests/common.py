from odoo.addons.territory_base import clock
from odoo.addons.website_household.tests.common import WebsiteHouseholdCommon

INVITED = {"name": "Élie Marchal", "email": "elie@example.test", "role": "Secrétaire"}


class BoardCommon(WebsiteHouseholdCommon):
    """Camille presides an association, Dominique is its treasurer; Élie has an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elie = cls._resident("elie", "Élie", "Marchal")
        cls.nora = cls._resident("nora", "Nora", "Roussel")
        cls.elie.email, cls.nora.email = "elie@example.test", "nora@example.test"
        cls.delegations = cls._delegations(cls.camille, cls.dominique)
        cls.delegations[0].role, cls.delegations[1].role = "Présidente", "Trésorier"
        cls.club = cls.delegations.organisation_id
        cls.Invitation = cls.env["organisation.invitation"]
        cls.Handover = cls.env["organisation.handover"]
        cls.path = f"/my/organisme/{cls.club.id}"

    def invite(self, user, **raw):
        made = self.Invitation.with_user(user)._invite(
            self.club.with_user(user), {**INVITED, **raw}
        )
        return made.with_env(self.env)

    def start(self, user, leaving=None, invited=(INVITED,)):
        """Camille and Dominique leave, unless it is said otherwise."""
        leaving = leaving or (self.camille | self.dominique).partner_id
        made = self.Handover.with_user(user)._start(
            self.club.with_user(user),
            clock.today(),
            leaving.with_user(user),
            list(invited),
        )
        return made.with_env(self.env)

    def answer(self, user, invitation, is_accepted=True):
        invitation.with_user(user)._answer(is_accepted)

    def acting(self):
        """First names of those who act for it today."""
        return set(self.club._get_current_delegates().mapped("firstname"))

    def words(self, page, path="//main"):
        return " ".join(" ".join(node.text_content().split()) for node in page.tree.xpath(path))
