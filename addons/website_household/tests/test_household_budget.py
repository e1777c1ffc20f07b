from .common import WebsiteHouseholdCommon

# Of her own page, and of the page where the family is.
QUERIES = 50


class TestHouseholdBudget(WebsiteHouseholdCommon):
    """A child or a proposal costs her page no query; an organisation costs two (who else acts for
    it, where it is): few people act for more than one."""

    def _add(self, first, last):
        """Children whom she declares, people who are to join her household."""
        person = self.camille.partner_id.with_user(self.camille)
        for number in range(first, last):
            letter = chr(ord("a") + number)
            child = {"firstname": f"Enfant{letter}", "lastname": "Durand", "birthplace": "Verdun"}
            person._declare_child({**child, "birthdate": "2018-02-01"})
            self.env["household.change"].with_user(self.camille)._propose(
                self.household.with_user(self.camille),
                person,
                {"arrivals": [{**child, "birthdate": "2019-02-01", "role": "child"}]},
            )

    def _count(self):
        page = self.get("/my/foyer")
        names = {
            letter for letter in "abcdefghijklmnopqrstuvwxyz" if f"Enfant{letter}" in page.text
        }
        return len(names), self.count_queries("/my/foyer")

    def test_ten_times_the_family_costs_no_more(self):
        self.household = self.camille.partner_id.sudo()._create_household()
        self.sign_in(self.camille)
        self._delegations(self.camille)
        self._add(0, 2)
        few, cost = self._count()
        self._add(2, 20)
        many, again = self._count()
        self.assertEqual((few, many), (2, 20), "each child is on the page")
        self.assertEqual(again, cost)
        self.assertLess(cost, QUERIES)
        self._delegations(self.camille, name="Les Amis du lavoir")
        self.assertIn("Les Amis du lavoir", self.get("/my/foyer").text)
        self.assertLessEqual(self.count_queries("/my/foyer"), cost + 2)
