from odoo.tests import tagged

from .common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestRequestAsker(ProcedureCommon):
    """Whose requests count together, wherever one may have so many of something."""

    def setUp(self):
        super().setUp()
        self.hers = self._submit()
        self.other = self._submit(user=self.dominique)
        self.stranger = self._by("claude_m@exemple.fr")

    def _by(self, email):
        return self._submit_without_account(identity=self._identity(contact_email=email)).sudo()

    def _counted(self, request):
        """As a service that has rows of requests finds them."""
        found = self.env["procedure.request"].search(request._get_counted_domain())
        name = next(iter(request._get_identities()), "")
        return found.filtered(lambda each: each._counts_with(request, name))

    def test_the_surest_comes_first_and_what_lacks_is_not_said(self):
        household = self.env["res.partner"].create({"name": "Foyer", "kind": "household"})
        self.hers.household_id = household
        told = self.hers._get_identities()
        self.assertEqual(next(iter(told.items())), ("household", household.id))
        self.assertEqual(told["account"], self.camille.partner_id.id)
        self.assertEqual(self.stranger._get_identities(), {"mailbox": "claude_m@exemple.fr"})
        self.assertFalse(self.env["procedure.request"].new({})._get_identities())
        self.assertFalse(self.env["procedure.request"].new({})._get_counted_domain())

    def test_of_a_household_of_an_account_of_a_mailbox(self):
        household = self.env["res.partner"].create({"name": "Foyer", "kind": "household"})
        (self.hers | self.other).household_id = household
        self.assertEqual(self._counted(self.hers), self.hers | self.other)
        (self.hers | self.other).household_id = False
        again = self._submit()
        again.household_id = False
        self.assertEqual(self._counted(self.hers), self.hers | again)
        same = self._by("Claude_M+salle@exemple.fr")
        for near in ("claudexm@exemple.fr", "claude_mary@exemple.fr", "claude_m@exemple.org"):
            self._by(near)
        self.assertEqual(self._counted(self.stranger), self.stranger | same)

    def test_by_one_of_several_and_not_by_what_both_lack(self):
        self.stranger.contact_email = self.hers.contact_email = "camille@exemple.fr"
        self.assertFalse(self.stranger._counts_with(self.hers, "account"))
        self.assertTrue(self.stranger._counts_with(self.hers, "account", "mailbox"))
        nobody = self.env["procedure.request"].new({})
        self.assertFalse(nobody._counts_with(nobody, "household", "account", "mailbox"))

    def test_one_that_is_not_created_yet_is_hers_too(self):
        fresh = self.env["procedure.request"].new({"applicant_id": self.camille.partner_id.id})
        self.assertEqual(fresh._get_identities().get("account"), self.camille.partner_id.id)
        self.assertTrue(self.hers._counts_with(fresh, "account"))
        self.assertIn(self.hers, self.hers.search(fresh._get_counted_domain()))
