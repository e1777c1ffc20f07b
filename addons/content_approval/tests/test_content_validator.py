from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.partner_household.tests.common import HouseholdCase


@tagged("post_install", "-at_install")
class TestContentValidator(HouseholdCase):
    """Who reads is chosen by the manager and the administrator, and seen by the staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.env["content.validator"].create({"user_id": cls.communication.id})

    def _choose(self, user, **values):
        Validator = self.env["content.validator"].with_user(user)
        return Validator.create({"user_id": self.agent.id, **values})

    def test_the_manager_chooses_who_reads(self):
        row = self._choose(self.manager, commune_ids=[Command.set(self.commune.ids)])
        self.assertEqual(row.display_name, self.agent.name)
        row.is_fallback = True
        row.unlink()

    def test_the_staff_sees_who_reads_and_chooses_nobody(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo):
            self.assertEqual(self.row.with_user(user).user_id, self.communication)
            for act in (
                lambda user=user: self._choose(user),
                lambda user=user: self.row.with_user(user).write({"user_id": user.id}),
                lambda user=user: self.row.with_user(user).unlink(),
            ):
                with self.assertRaises(AccessError):
                    act()
        self.assertEqual(self.row.user_id, self.communication)

    def test_a_resident_does_not_know_who_reads(self):
        with self.assertRaises(AccessError):
            self.row.with_user(self.camille).read(["user_id"])

    def test_a_resident_reads_nothing_before_publication(self):
        with self.assertRaises(ValidationError):
            self._choose(self.manager, user_id=self.camille.id)

    def test_who_leaves_reads_no_more(self):
        self.communication.active = False
        self.assertFalse(self.row.active)
        self.assertNotIn(self.row, self.env["content.validator"].search([]))
