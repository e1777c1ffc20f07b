from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock

from .common import INVITED, BoardCommon


class TestInvitation(BoardCommon):
    def test_the_confirmed_address_is_the_proof(self):
        invitation = self.invite(self.dominique)
        self.assertEqual(self._mails(email="elie@example.test").mapped("state"), ["outgoing"])
        self.assertEqual(self.acting(), {"Camille", "Dominique"}, "invited is not yet acting")
        for user in self.nora | self.camille | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.answer(user, invitation)
        self.answer(self.elie, invitation)
        self.assertEqual(self.acting(), {"Camille", "Dominique", "Élie"})
        delegation = self.env["partner.delegate"].search(
            [("person_id", "=", self.elie.partner_id.id)]
        )
        self.assertEqual(
            (delegation.state, delegation.role, delegation.accepted_by_id),
            ("active", "Secrétaire", self.dominique),
        )
        with self.assertRaises(UserError):
            self.answer(self.elie, invitation)

    def test_who_acts_today_invites_and_takes_back(self):
        invitation = self.invite(self.dominique)
        for user in self.nora | self.elie | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.invite(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                invitation.with_user(user)._withdraw()
        self.delegations[1].with_user(self.dominique).action_end()
        with self.assertRaises(AccessError):
            self.invite(self.dominique, name="Autre")
        invitation.with_user(self.camille)._withdraw()
        self.assertEqual(invitation.state, "withdrawn")
        with self.assertRaises(UserError):
            self.answer(self.elie, invitation)
        with self.assertRaises(UserError):
            invitation.with_user(self.camille)._withdraw()
        self.assertNotIn("Élie", self.acting())

    def test_an_officer_is_named_by_an_officer(self):
        """A president signs for the organisation: no other delegate makes one of a friend."""
        self.delegations[1].role = "Bénévole"
        for role in ("Présidente", "co-président", "Vice-présidente", "la trésorière", "Gérant"):
            with self.subTest(role), self.assertRaisesRegex(UserError, "An officer is invited"):
                self.invite(self.dominique, role=role)
        # Nor by a role that the friend gave herself, when she asked to act for it.
        asked = self.env["partner.delegate"]._ask(
            self.club, self.elie.partner_id, role="Présidente"
        )
        self.answer(self.elie, self.invite(self.dominique, role=""))
        self.assertEqual(asked.state, "active")
        self.assertFalse(asked.role)
        asked = self.env["partner.delegate"]._ask(self.club, self.nora.partner_id, role="Président")
        with self.assertRaisesRegex(UserError, "An officer is accepted"):
            asked.with_user(self.dominique).action_accept()
        asked.with_user(self.camille).action_accept()
        self.assertEqual(asked.state, "active")

    def test_invited_twice_is_one_invitation_sent_again(self):
        first = self.invite(self.dominique)
        self.assertEqual(self.invite(self.camille, email=" ELIE@example.test"), first)
        self.assertEqual(len(self._mails(email="elie@example.test")), 2)
        self.answer(self.elie, first)
        with self.assertRaisesRegex(UserError, "Élie Marchal"):
            self.invite(self.camille)

    def test_what_is_typed_is_checked_and_few_wait(self):
        for raw in ({"email": "x@"}, {"email": ""}, {"name": ""}, {"name": "<b>"}):
            with self.subTest(raw), self.assertRaises(UserError):
                self.invite(self.camille, **raw)
        for rank in range(10):
            self.invite(self.camille, email=f"p{rank}@example.test")
        with self.assertRaises(UserError):
            self.invite(self.camille, email="p10@example.test")
        self.invite(self.camille, email="p9@example.test")

    def test_it_opens_nothing_past_its_day_nor_for_an_organisation_that_is_gone(self):
        invitation = self.invite(self.camille)
        self.assertEqual(self.Invitation._find_mine(self.elie), invitation)
        self.club.active = False
        self.assertFalse(self.Invitation._find_mine(self.elie))
        self.club.active = True
        invitation.date_expire = clock.today() - timedelta(days=1)
        self.assertFalse(self.Invitation._find_mine(self.elie))
        with self.assertRaises(UserError):
            self.answer(self.elie, invitation)
        self.assertNotIn("Élie", self.acting())

    def test_names_and_addresses_do_not_stay(self):
        old, recent = self.invite(self.camille), self.invite(self.camille, name="Nora Roussel")
        self.answer(self.elie, old)
        old.date_expire = clock.today() - timedelta(days=181)
        recent.date_expire = clock.today() - timedelta(days=179)
        self.Invitation._gc_invitations()
        self.assertEqual((old | recent).exists(), recent)
        self.assertIn("Élie", self.acting(), "who accepted acts on")

    def test_a_handing_over_goes_with_its_invitations(self):
        handover = self.start(self.camille)
        self.answer(self.elie, handover.invitation_ids)
        self.Handover._gc_handovers()
        self.assertTrue(handover.exists())
        handover.invitation_ids.date_expire = "2020-01-01"
        self.Invitation._gc_invitations()
        self.Handover._gc_handovers()
        self.assertFalse(handover.exists())

    def test_who_had_asked_is_answered_so(self):
        asked = self.env["partner.delegate"]._ask(self.club, self.elie.partner_id, role="Membre")
        self.answer(self.elie, self.invite(self.camille, role=""))
        self.assertEqual((asked.state, asked.role), ("active", "Membre"))

    def test_nobody_reads_them_by_another_door(self):
        invitation = self.invite(self.camille)
        for user in self.camille | self.elie | self.nora:
            for call in (
                lambda record: record.read(["email"]),
                lambda record: record.write({"state": "accepted"}),
                lambda record: record.search([]),
                lambda record: record.create({"name": "x"}),
                lambda record: record.unlink(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call(invitation.with_user(user))
        self.assertEqual(invitation.with_user(self.manager).email, "elie@example.test")

    # Handing over

    def test_a_new_board_acts_as_soon_as_one_of_it_accepts(self):
        handover = self.start(
            self.dominique,
            leaving=self.camille.partner_id,
            invited=(INVITED, {"name": "Nora Roussel", "email": "nora@example.test"}),
        )
        self.assertEqual(self.acting(), {"Camille", "Dominique"}, "nobody has accepted yet")
        first, second = handover.invitation_ids.sorted("id")
        self.answer(self.elie, first)
        self.assertEqual(self.acting(), {"Dominique", "Élie"})
        self.assertEqual((handover.state, self.delegations[0].state), ("done", "ended"))
        self.assertEqual(len(self._mails(email=self.camille.email)), 1, "told as it began")
        told = self._mails(email=self.dominique.email)
        self.assertEqual(len(told), 1, "she began it: the answer alone")
        self.assertIn("Élie Marchal", told.body_html)
        self.answer(self.nora, second)
        self.assertEqual(self.acting(), {"Dominique", "Élie", "Nora"})

    def test_who_is_not_said_to_leave_stays(self):
        """Nora had asked before the handing over began, and was accepted since."""
        asked = self.env["partner.delegate"]._ask(self.club, self.nora.partner_id)
        handover = self.start(self.camille)
        asked.action_accept()
        self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Nora", "Élie"})

    def test_sent_again_it_stays_that_of_the_handing_over(self):
        handover = self.start(self.camille)
        self.assertEqual(self.invite(self.camille), handover.invitation_ids)
        self.assertEqual(self.Handover._find_waiting(self.club), handover)
        self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Élie"})

    def test_whom_the_others_take_off_comes_back_by_nothing_that_she_prepared(self):
        plain = self.invite(self.dominique, name="Nora Roussel", email="nora@example.test")
        handover = self.start(self.dominique)
        self.delegations[1].with_user(self.camille).action_end()
        self.assertEqual((handover.state, plain.state), ("cancelled", "withdrawn"))
        for user, invitation in ((self.nora, plain), (self.elie, handover.invitation_ids)):
            with self.assertRaises(UserError):
                self.answer(user, invitation)
        self.assertEqual(self.acting(), {"Camille"})

    def test_who_leaves_by_herself_leaves_what_she_prepared(self):
        handover = self.start(self.camille)
        (self.delegations[1]).with_user(self.dominique).action_end()
        self.delegations[0].with_user(self.camille).action_end()
        self.camille.unlink()
        self.assertFalse(self.acting())
        self.assertEqual(handover.asked_by_name, "Camille Durand")
        self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Élie"}, "an organisation is left to nobody")

    def test_the_others_of_a_new_board_that_acts_still_accept(self):
        handover = self.start(
            self.camille,
            invited=(INVITED, {"name": "Nora Roussel", "email": "nora@example.test"}),
        )
        first, second = handover.invitation_ids.sorted("id")
        self.answer(self.elie, first)
        self.answer(self.nora, second)
        self.assertEqual(self.acting(), {"Élie", "Nora"})

    def test_in_a_mailbox_that_several_read_it_is_that_of_the_one_it_names(self):
        self.nora.email = self.elie.email
        invitation = self.invite(self.camille, name="élie  MARCHAL")
        self.assertFalse(self.Invitation._find_mine(self.nora))
        with self.assertRaises(UserError):
            self.answer(self.nora, invitation, is_accepted=False)
        self.answer(self.elie, invitation)
        other = self.invite(self.camille, name="Le trésorier")
        for user in self.nora | self.elie:
            self.assertEqual(self.Invitation._find_mine(user), other, "nobody else has that name")
        with self.assertRaisesRegex(UserError, "already"):
            self.answer(self.elie, other)

    def test_those_past_their_day_do_not_fill_the_list(self):
        for rank in range(10):
            self.invite(self.camille, email=f"p{rank}@example.test").date_expire = "2020-01-01"
        again = self.invite(self.camille, email="p3@example.test")
        self.assertGreater(again.date_expire, clock.today(), "sent again, it waits again")
        self.invite(self.camille, email="p10@example.test")

    def test_all_refuse_and_the_former_board_goes_on(self):
        handover = self.start(self.camille)
        self.answer(self.elie, handover.invitation_ids, is_accepted=False)
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        self.assertFalse(self.Handover._find_waiting(self.club))
        again = self.start(self.camille, invited=[{"name": "Nora", "email": "nora@example.test"}])
        self.assertEqual((handover.state, again.state), ("cancelled", "waiting"))

    def test_cancelled_it_changes_nothing(self):
        handover = self.start(self.camille)
        for user in self.elie | self.nora | self.manager:
            with self.subTest(user.login), self.assertRaises(AccessError):
                handover.with_user(user)._cancel()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.start(user)
        with self.assertRaises(UserError):
            self.start(self.dominique)
        handover.with_user(self.dominique)._cancel()
        with self.assertRaises(UserError):
            self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        with self.assertRaises(UserError):
            handover.with_user(self.dominique)._cancel()

    def test_a_meeting_to_come_and_an_empty_board_are_refused(self):
        # In the evening it is tomorrow already for her.
        to_come = clock.today() + timedelta(days=2)
        today, me = clock.today(), self.camille.partner_id
        for day, leaving, invited in (
            (to_come, me, [INVITED]),
            (today, me, []),
            (today, self.elie.partner_id, [INVITED]),
        ):
            with self.assertRaises(UserError):
                self.Handover.with_user(self.camille)._start(self.club, day, leaving, invited)
        self.assertFalse(self.Handover.search([("organisation_id", "=", self.club.id)]))
