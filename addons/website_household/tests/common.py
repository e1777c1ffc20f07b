import re

from odoo.tests import tagged

from odoo.addons.partner_household.tests.people import PeopleCase
from odoo.addons.website_parts.tests.common import PageCase

PASSWORD = "un cheval bleu dans la neige"
RESIDENT = {
    "kind": "resident",
    "situation": "settled",
    "firstname": "Jean-Noël",
    "lastname": "D’Aubigné",
    "birthdate": "3 2 1950",
    "birthplace": "Verdun",
    "birth_country": "FR",
    "street": "4 rue Basse",
    "commune": "55532",
    "email": "jean@exemple.fr",
    "password": PASSWORD,
}


class SignupSteps:
    """For a `PageCase`: sign up, then follow the link of the mail."""

    def fill(self, **values):
        page = self.get("/inscription")
        return self.post("/inscription", {**self.hidden(page), **RESIDENT, **values})

    def accounts(self, email="jean@exemple.fr"):
        return (
            self.env["res.users"]
            .with_context(active_test=False)
            .search([("email", "=", email), ("share", "=", True)])
        )

    def link(self):
        mail = self._mails(email="jean@exemple.fr")[:1] or self.env["mail.mail"].search(
            [("recipient_ids", "in", self.accounts().partner_id.ids)], limit=1
        )
        return re.search(r"/inscription/confirmer\?token=[\w-]+", mail.body_html)[0]

    def follow_link(self, path=None, password=PASSWORD):
        """On another device than that of the sign-up."""
        path = path or self.link()
        self.authenticate(None, None)
        page = self.get(path)
        if not page.tree.xpath("//main//form[@method='post']"):
            return page, path
        data = {**self.hidden(page), "password": password}
        return self.post("/inscription/confirmer", data), path


@tagged("post_install", "-at_install")
class WebsiteHouseholdCommon(PeopleCase, PageCase):
    """Two residents with an account, a service; the site in French."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.vaubecourt = cls._commune("Vaubecourt", "55532", "55250")
        cls.revigny = cls._commune("Revigny-sur-Ornain", "55427", "55800")
        cls.waste = cls._service("Déchets", "waste", email="dechets@exemple.fr", phone="0399000001")
        cls.manager = cls._staff("manager", "manager")
        cls.camille = cls._resident("camille", "Camille", "Durand")
        cls.dominique = cls._resident("dominique", "Dominique", "Petit")
