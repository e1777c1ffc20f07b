from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import AllotmentCommon


class TestCircuit(AllotmentCommon):
    """`_get_states`, `_get_transitions`, `_run_transition`: a state of the service's own."""

    def _offer(self, user=None):
        request = self._ask(user)
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_offer_plot()
        self.assertEqual(request.state, "allotment_offered")
        return request

    def _get_people(self):
        return {
            "visitor": self.env.ref("base.public_user"),
            "applicant": self.camille,
            "neighbour": self.dominique,
            "agent": self.agent,
            "other agent": self.school_agent,
            "secretary": self.secretary,
            "dpo": self.dpo,
            "manager": self.manager,
            "administrator": self.env.ref("base.user_admin"),
        }

    def _get_refused(self, act, request, may):
        """Everybody but `may`: nobody's attempt changes the request."""
        state = request.state
        for persona, user in self._get_people().items():
            if persona in may:
                continue
            with self.subTest(persona), self.assertRaisesKeeping(UserError):
                act(request.with_user(user))
            self.assertEqual(request.state, state)

    def test_plot_is_offered_by_its_service_only(self):
        self._get_refused(
            lambda request: request.action_offer_plot(),
            self._ask(),
            may=("agent", "manager", "administrator"),
        )

    def test_agents_of_an_archived_service_do_nothing(self):
        """A remote call names its context: archived records too."""
        request = self._ask()
        self.waste.active = False
        self.env.invalidate_all()
        called = request.with_user(self.agent).with_context(active_test=False)
        for act in (
            lambda: called.action_take(),
            lambda: called.action_offer_plot(),
            lambda: called.action_accept(),
            lambda: called.action_refuse("Non"),
            lambda: called.action_mark_read(),
        ):
            with self.assertRaisesKeeping(AccessError):
                act()
        self.assertEqual(request.state, "submitted")

    def test_plot_is_confirmed_by_its_applicant_only(self):
        request = self._offer()
        self._get_refused(
            lambda request: request.action_confirm_plot(), request, may=("applicant",)
        )
        request.with_user(self.camille).action_confirm_plot()
        self.assertEqual(request.state, "accepted")
        self.assertEqual(request.decision_ids.kind, "accepted")
        self.assertEqual(request.decision_ids.author_id, self.agent)

    def test_decision_bears_the_name_of_the_one_who_offered(self):
        """She decides, and the applicant's confirmation writes it down (CRPA L212-1)."""
        request = self._ask()
        self.agent.partner_id.function = False
        with self.assertRaisesKeeping(UserError, "title"):
            request.with_user(self.agent).action_offer_plot()
        request.with_user(self.colleague).action_offer_plot()
        request.with_user(self.camille).action_confirm_plot()
        self.assertEqual(request.decision_ids.author_id, self.colleague)

    def test_offer_expires_by_itself_only(self):
        request = self._offer()
        people = self._get_people()
        self._get_refused(
            lambda request: request._run_transition("allotment_expire"), request, may=()
        )
        # Without account there is nobody to compare with.
        without_account = self._submit_without_account(procedure=self.allotment, answers={"x": ""})
        without_account.state = "allotment_offered"
        for user in people.values():
            for each in (request, without_account):
                with self.assertRaisesKeeping(AccessError):
                    each.with_user(user).sudo()._run_transition("allotment_expire")
        with freeze_time(fields.Datetime.now() + timedelta(days=16)):
            self.env["procedure.request"]._cron_expire_offers()
        self.assertEqual(request.state, "waiting_list")
        self.assertFalse(request.state_user_id, "nobody did it")

    def test_other_procedures_have_no_offer(self):
        request = self._submit()
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_offer_plot()

    def test_no_offer_without_a_free_plot(self):
        self.plots.unlink()
        request = self._ask()
        with self.assertRaisesKeeping(UserError):
            request.with_user(self.agent).action_offer_plot()
        self.assertEqual(request.state, "submitted")

    def test_offered_request_is_open_and_its_clock_stands_still(self):
        request = self._offer()
        request.date_due = request.date_red = "2020-01-01"
        read = request.with_user(self.agent)
        self.assertEqual(read.late, "none")
        self.assertIn(request, read.search(read._get_open_domain()))
        self.assertNotIn(request, read.search([("late", "=", "red")]))
        self.assertIn("plot", request.with_context(lang="en_US")._status_sentence())

    def test_offered_request_may_be_withdrawn_and_dropped(self):
        for act in (
            lambda request: request.with_user(self.camille).action_cancel(),
            lambda request: request.with_user(self.agent).action_drop("Doublon"),
        ):
            request = self._offer()
            act(request)
            self.assertFalse(request.plot_ids, "the plot is free again")
