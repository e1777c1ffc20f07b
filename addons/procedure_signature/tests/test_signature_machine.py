from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SignatureCommon

ACTS = ("sign", "refuse", "change", "ask", "paper", "take", "accept", "send")


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestSignatureMachine(SignatureCommon):
    """Whatever two parents and an agent do, in whatever order."""

    @settings(max_examples=3)
    @given(st.lists(st.sampled_from(ACTS), min_size=1, max_size=7))
    def test_what_is_accepted_was_signed_as_it_is(self, acts):
        savepoint = self.env.cr.savepoint()
        try:
            request = self._enrol()
            for rank, act in enumerate(acts):
                with suppress(UserError), self.env.cr.savepoint():
                    self._do(act, request, rank)
                self._check(request)
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def _do(self, act, request, rank):
        last = request.signature_ids[-1:]
        as_agent = request.with_user(self.agent)
        match act:
            case "sign":
                self._sign(last, self.dominique)
            case "refuse":
                self._sign(last, self.dominique, "refused", reason="Non")
            case "change":
                request.sudo()._correct_answers({"days": f"jour {rank}"})
            case "ask":
                as_agent.action_ask_signatures()
            case "paper":
                last.with_user(self.agent)._record("paper", "Dominique Petit", "Vu")
            case "take":
                as_agent.action_take()
            case "accept":
                as_agent.action_accept()
            case "send":
                request.with_user(self.camille)._run_transition(
                    "signature_send", by=self.camille.partner_id
                )

    def _check(self, request):
        request.invalidate_recordset()
        live = request.signature_ids.filtered(
            lambda each: each.state in ("asked", "signed", "refused")
        )
        is_signed = bool(live) and all(each._is_valid() for each in live)
        self.assertLessEqual(len(live), 1)
        if request.state == "accepted":
            self.assertTrue(live.state == "signed")
        elif request.state == "signature_awaited":
            self.assertEqual(live.state, "asked")
            self.assertTrue(request.date_paused)
        else:
            self.assertEqual(bool(request.date_paused), not is_signed)
