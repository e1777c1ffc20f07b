from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WasteCommon

LEAVING = ("departure", "size_change", "move")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteStranger(WasteCommon):
    """A bin leaves a dwelling for its household, or because the agent says why."""

    def setUp(self):
        super().setUp()
        self.dwelling = self._dwelling()
        self.bin = self._deliver(self.dwelling)
        self.home = self._live(self.household, self.dwelling)

    def _as_agent(self, *args, **values):
        return self._submit(*args, **values).with_user(self.agent)

    def test_her_own_household_is_asked_nothing(self):
        for kind in LEAVING:
            with self.subTest(kind):
                request = self._as_agent(kind)
                self.assertFalse(request.dwelling_alert)
                self.assertFalse(request.container_lack)
                request.action_drop("Essai")

    def test_a_stranger_is_seen_and_the_agent_says_why(self):
        for kind in LEAVING:
            for values in ({"user": self.neighbour}, {"identity": self._identity()}):
                with self.subTest(kind, **values):
                    request = self._as_agent(kind, **values)
                    self.assertIn("not known at this address", request.dwelling_alert)
                    self.assertIn("say why", request.container_lack)
                    for reason in (False, "  "):
                        request.leaving_reason = reason
                        with (
                            self.assertRaisesKeeping(UserError, "say why"),
                            self.env.cr.savepoint(),
                        ):
                            request.action_accept()
                    request.invalidate_recordset()
                    self.assertEqual(request.state, "submitted")
                    self.assertFalse(request.container_move_ids)
                    request.action_drop("Essai")

    def test_an_address_that_the_applicant_only_declared_proves_nothing(self):
        claim = self._live(self.neighbour_household, self.dwelling, state="declared")
        for kind in LEAVING:
            with self.subTest(kind):
                request = self._as_agent(kind, user=self.neighbour)
                self.assertTrue(request.is_asked_by_stranger)
                self.assertIn("say why", request.container_lack)
                with self.assertRaisesRegex(UserError, "say why"), self.env.cr.savepoint():
                    request.action_accept()
                hers = self._as_agent(kind)
                self.assertFalse(hers.is_asked_by_stranger)
                (request | hers).action_drop("Essai")
        self.home.date_end = "2026-10-31"
        request = self._as_agent("departure", user=self.neighbour)
        self.assertFalse(request.is_asked_by_stranger, "alone there: nobody to protect")
        self.assertEqual(claim.state, "declared")

    def test_an_accepted_arrival_verifies_the_address(self):
        claim = self._live(self.neighbour_household, self.dwelling, state="declared")
        request = self._as_agent("arrival", user=self.neighbour)
        self.assertEqual(claim.state, "declared", "a request alone proves nothing")
        request.action_accept()
        self.assertEqual(claim.state, "verified")

    def test_the_reason_stays_in_the_history_and_is_not_told(self):
        request = self._as_agent("departure", identity=self._identity())
        request.leaving_reason = "<b>Bail</b> vu au guichet"
        request.action_accept()
        self.assertEqual(request.container_move_ids.container_id, self.bin)
        logged = " ".join(request.message_ids.mapped("body"))
        self.assertIn("&lt;b&gt;Bail", logged)
        told = " ".join(request.sudo()._get_messages_for_applicant().mapped("body"))
        self.assertNotIn("guichet", told)
        self.assertFalse(self.home.date_end, "Who lives there has not left.")

    def test_who_left_is_a_stranger_and_no_bin_is_no_question(self):
        self.home.date_end = "2026-10-31"
        request = self._as_agent("departure")
        self.assertIn("not known at this address", request.dwelling_alert)
        request.no_container_back = True
        self.assertFalse(request.dwelling_alert)
        request.action_accept()
        self.assertEqual(request.state, "accepted")

    def test_a_broken_bin_is_replaced_where_it_is(self):
        request = self._as_agent("broken", identity=self._identity())
        self.assertFalse(request.dwelling_alert)
        request.action_accept()
        self.assertEqual(len(request.container_move_ids), 2)

    def test_the_reason_is_the_agents(self):
        request = self._submit("departure", user=self.neighbour)
        for user in (self.neighbour, self.school_agent, self.resident):
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user).leaving_reason = "Moi"
        for name in ("leaving_reason", "is_asked_by_stranger"):
            with self.assertRaises(AccessError):
                request.with_user(self.neighbour).read([name])

    def test_the_reason_goes_with_the_request(self):
        request = self._as_agent("departure", user=self.neighbour)
        request.leaving_reason = "Fils de Mme Durand"
        request.action_refuse("Ce n'est pas votre logement")
        request.sudo()._anonymise()
        self.assertFalse(request.sudo().leaving_reason)

    def test_a_bin_that_is_still_to_come_keeps_the_request(self):
        request = self._as_agent("broken", identity=self._identity())
        request.action_accept()
        self.assertEqual(request.sudo()._filter_unfinished(), request)
        request.container_move_ids.action_done()
        self.assertFalse(request.sudo()._filter_unfinished())
