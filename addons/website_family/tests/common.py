from odoo.addons.website_household.tests.common import WebsiteHouseholdCommon


class FamilyPages(WebsiteHouseholdCommon):
    """Camille and Dominique, separated, both parents of Lou; Noé is Camille's alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lou = cls._declare(cls.camille, "Lou", "2017-03-02")
        cls.noe = cls._declare(cls.camille, "Noé", "2020-06-10")
        other = cls.env["parental.authority"]._declare(cls.lou, cls.dominique.partner_id)
        other.state = "verified"
        cls.outings, cls.rules = cls.env["privacy.consent.text"].create(
            [
                {
                    "name": "Sorties à pied ?",
                    "code": "page_outings",
                    "body": "Dans le village.",
                    "is_asked": True,
                    "service_id": cls.waste.id,
                },
                {
                    "name": "Règlement de la cantine",
                    "code": "page_rules",
                    "body": "Arriver à l’heure.",
                    "is_asked": True,
                    "kind": "reading",
                    "service_id": cls.waste.id,
                },
            ]
        )

    @classmethod
    def _declare(cls, user, firstname, birthdate):
        child = user.partner_id.with_user(user)._declare_child(
            {"firstname": firstname, "lastname": "Durand", "birthdate": birthdate}
        )
        return child.with_env(cls.env)

    def send(self, path, **values):
        return self.post(path, {**self.hidden(self.get(path)), **values})

    def words(self, page, path="//main"):
        return " ".join(page.tree.xpath(path)[0].text_content().split())

    def said(self, page, child):
        return self.words(page, f"//section[@aria-labelledby='enfant-{child.id}']")
