from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.territory_base import clock

from .common import HouseholdCase

IDA = {"firstname": "Ida", "lastname": "Roy", "birthdate": "1990-05-05", "role": "adult"}


@tagged("post_install", "-at_install")
class TestHouseholdInvitation(HouseholdCase):
    """An adult who joins says so herself: she is invited, never copied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ida = cls._new_person("ida.test", "Ida", "Roy", "1990-05-05")
        cls.ida_household = cls.ida.partner_id._create_household()
        cls.Invitation = cls.env["household.invitation"]

    def _arrive(self, **values):
        """What Camille says, once an agent accepted it."""
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.household.with_user(self.camille),
                self.camille.partner_id.with_user(self.camille),
                {"arrivals": [{**IDA, **values}]},
            )
        )
        change.with_env(self.env).line_ids.with_user(self.manager).action_accept()

    def _invite(self, **values):
        self._arrive(email="ida.test@example.org", **values)
        return self.Invitation.search([], limit=1)

    def _told(self, user):
        return self.env["mail.mail"].search([("email_to", "ilike", user.email)])

    def test_nobody_is_copied_and_nothing_is_so_before_she_answers(self):
        count = self.env["res.partner"].search_count([])
        invitation = self._invite()
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        self.assertEqual((invitation.name, invitation.invited_by_id), ("Ida Roy", self.camille))
        self.assertIn("Camille Duchêne", self._told(self.ida).body_html)
        self.assertNotIn(self.ida.partner_id, self.household._get_current_members())
        before = self._told(self.camille)
        invitation.with_user(self.ida)._answer(True)
        self.assertIn(self.ida.partner_id, self.household._get_current_members("adult"))
        self.assertEqual(self.ida.partner_id._current_household(), self.household)
        self.assertEqual(str(self.ida_household.member_ids.date_end), "2026-11-25")
        (told,) = self._told(self.camille) - before
        self.assertIn("Ida Roy", told.body_html)

    def test_she_says_no(self):
        invitation = self._invite()
        before = self._told(self.camille)
        invitation.with_user(self.ida)._answer(False)
        self.assertEqual(invitation.state, "refused")
        self.assertNotIn(self.ida.partner_id, self.household._get_current_members())
        self.assertEqual(self.ida.partner_id._current_household(), self.ida_household)
        self.assertEqual(len(self._told(self.camille) - before), 1)
        with self.assertRaises(UserError):
            invitation.with_user(self.ida)._answer(True)

    def test_the_confirmed_address_is_the_proof(self):
        invitation = self._invite()
        for user in self.camille | self.sacha | self.stranger | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                invitation.with_user(user)._answer(True)
        # Another person of the same mailbox is not the one whom it names.
        self.stranger.email = self.ida.email
        self.assertFalse(self.Invitation._find_mine(self.stranger))
        invitation.date_expire = clock.today() - timedelta(days=1)
        with self.assertRaises(UserError):
            invitation.with_user(self.ida)._answer(True)

    def test_who_lives_there_already_or_is_a_child(self):
        invitation = self._invite()
        self.env["household.membership"].create(
            {"household_id": self.household.id, "person_id": self.ida.partner_id.id}
        )
        with self.assertRaisesRegex(UserError, "already"):
            invitation.with_user(self.ida)._answer(True)
        self.ida.partner_id.write({"birthdate": "2015-01-01", "email": False, "phone": False})
        with self.assertRaisesRegex(UserError, "child"):
            invitation._check_joining(self.ida.partner_id)

    def test_once_the_inviter_left_it_opens_nothing(self):
        invitation = self._invite()
        mine = self.household.member_ids.filtered(
            lambda each: each.person_id == self.camille.partner_id
        )
        mine.write({"date_start": "2020-01-01", "date_end": "2026-11-24"})
        self.assertFalse(self.Invitation._find_mine(self.ida))
        with self.assertRaises(UserError):
            invitation.with_user(self.ida)._answer(True)

    def test_another_birth_date_is_another_person(self):
        invitation = self._invite(birthdate="1991-05-05")
        with self.assertRaisesRegex(UserError, "birth date"):
            invitation.with_user(self.ida)._answer(True)
        self.assertNotIn(self.ida.partner_id, self.household._get_current_members())

    def test_invited_twice_is_one_invitation_sent_again(self):
        first = self._invite()
        self.assertEqual(self._invite(birthdate="1990-05-06"), first)
        self.assertEqual(self.Invitation.search_count([]), 1)
        self.assertEqual(len(self._told(self.ida)), 2)

    def test_without_address_the_staff_enters_whom_nobody_knows(self):
        with self.assertRaisesRegex(UserError, "e-mail"):
            self._arrive()
        manager = self.env["household.change"].with_user(self.manager)

        def enter(**values):
            change = manager._propose(
                self.household.with_user(self.manager),
                self.camille.partner_id.with_user(self.manager),
                {"arrivals": [{**IDA, **values}]},
            )
            change.line_ids.action_accept()

        with self.assertRaisesRegex(UserError, "e-mail"):
            enter()
        self.ida.active = False
        with self.assertRaisesRegex(UserError, "e-mail"):
            enter()
        enter(firstname="Irma")
        self.assertIn("Irma Roy", self.household._get_current_members().mapped("name"))
        for wrong in ("ida", "x@"):
            with self.subTest(wrong), self.assertRaises(UserError):
                self._arrive(firstname="Ève", email=wrong)

    def test_names_and_addresses_do_not_stay(self):
        old = self._invite()
        old.date_expire = clock.today() - timedelta(days=181)
        recent = self._invite(firstname="Irma")
        self.Invitation._gc_invitations()
        self.env["invitation.mixin"]._gc_invitations()
        self.assertEqual(self.Invitation.search([]), recent)
        self.assertFalse(old.exists())

    def test_nobody_reads_them_but_the_manager(self):
        invitation = self._invite()
        self.assertReads(self.manager, invitation)
        for user in (
            *(self.camille | self.ida | self.stranger),
            *(self.agent | self.family_agent | self.secretary | self.communication | self.dpo),
        ):
            with self.subTest(user.login):
                self.assertFalse(invitation.with_user(user).has_access("read"))
        for act in ("write", "create", "unlink"):
            self.assertFalse(invitation.with_user(self.manager).has_access(act))
