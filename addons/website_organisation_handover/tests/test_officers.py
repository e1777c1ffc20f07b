from odoo.exceptions import UserError

from .common import INVITED, BoardCommon


class TestOfficers(BoardCommon):
    """A new board, as a report or a paper says it: an agent accepts, nobody is left out."""

    def setUp(self):
        super().setUp()
        self.delegations[1].action_end()
        changes = self.env["household.change"].with_user(self.camille)
        change = changes._propose(
            self.club.with_user(self.camille),
            self.camille.partner_id.with_user(self.camille),
            {"officers": [INVITED], "officers_leaving": ["Camille Durand"]},
        )
        self.lines = change.with_env(self.env).line_ids
        self.come, self.leave = self.lines

    def test_who_comes_is_before_who_leaves(self):
        self.assertEqual(self.lines.mapped("type"), ["officer", "officer_leaving"])
        self.assertEqual(self.come.new_text, "Élie Marchal, Secrétaire, elie@example.test")

    def test_the_only_one_who_acts_leaves_once_somebody_accepted(self):
        self.lines.with_user(self.manager).action_accept()
        self.assertEqual(set(self.lines.mapped("state")), {"accepted"})
        self.assertEqual(self.acting(), {"Camille"}, "nobody has accepted yet")
        invitation = self.Invitation.search([("organisation_id", "=", self.club.id)])
        self.assertEqual(invitation.invited_by_name, "Camille Durand")
        self.answer(self.elie, invitation)
        self.assertEqual(self.acting(), {"Élie"})

    def test_in_the_other_order_the_departure_waits(self):
        with self.assertRaisesRegex(UserError, "Nobody would act"):
            self.leave.with_user(self.manager).action_accept()
        self.come.with_user(self.manager).action_accept()
        self.leave.with_user(self.manager).action_accept()
        self.assertEqual(self.leave.state, "accepted")
        self.assertEqual(self.acting(), {"Camille"})

    def test_a_handing_over_that_is_past_stops_nothing(self):
        nora = {"name": "Nora Roussel", "email": "nora@example.test"}
        old = self.start(self.camille, leaving=self.camille.partner_id, invited=(nora,))
        old.invitation_ids.date_expire = "2020-01-01"
        self.lines.with_user(self.manager).action_accept()
        self.assertEqual(set(self.lines.mapped("state")), {"accepted"})
        self.assertEqual(old.state, "cancelled")

    def test_where_others_stay_who_leaves_takes_back_no_invitation(self):
        self.env["partner.delegate"]._ask(self.club, self.nora.partner_id).action_accept()
        self.lines.with_user(self.manager).action_accept()
        self.assertEqual(self.acting(), {"Nora"})
        self.assertEqual(self.Invitation._find_mine(self.elie).organisation_id, self.club)

    def test_what_is_typed_is_checked(self):
        changes = self.env["household.change"].with_user(self.camille)
        for raw in ({"email": "x@"}, {"name": "<b>"}):
            with self.subTest(raw), self.assertRaises(UserError):
                changes._propose(
                    self.club.with_user(self.camille),
                    self.camille.partner_id.with_user(self.camille),
                    {"officers": [{**INVITED, **raw}]},
                )
