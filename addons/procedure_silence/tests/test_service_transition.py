from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError

from odoo.addons.procedure.circuit import Transition
from odoo.addons.procedure.tests.common import ProcedureCommon

OPEN = ("submitted", "in_review")


class TestServiceTransition(ProcedureCommon):
    """What a service addon brings is no way round the acceptance that silence gave."""

    def setUp(self):
        super().setUp()
        self.procedure.write({"regime": "sva", "legal_basis": "Texte"})
        self.procedure.action_validate_regime()
        Request = type(self.env["procedure.request"])
        known = self.env["procedure.request"]._get_transitions()
        more = {
            "put_aside": Transition(OPEN, "waiting_list", "agent", kinds=("generic",)),
            "give": Transition(OPEN, "accepted", "agent", kinds=("generic",), decision="accepted"),
            "deliver": Transition(("accepted",), "closed", "agent", kinds=("generic",)),
        }
        patched = patch.object(Request, "_get_transitions", lambda request: {**known, **more})
        patched.start()
        self.addCleanup(patched.stop)

    def test_it_puts_nothing_off_once_silence_has_accepted(self):
        with freeze_time("2026-03-02 09:00"):
            before, request = self._submit(), self._submit()
        with freeze_time("2026-04-30 09:00"):
            before.with_user(self.agent)._run_transition("put_aside")
            self.assertEqual(before.state, "waiting_list", "the delay is not over")
        with freeze_time("2026-05-04 09:00"):
            called = request.with_user(self.agent)
            with self.assertRaisesKeeping(UserError, "Silence accepted"):
                called._run_transition("put_aside")
            self.assertEqual(request.state, "submitted")
            called._run_transition("give")
            self.assertEqual(request.state, "accepted")
            called._run_transition("deliver")
            self.assertEqual(request.state, "closed", "what follows the acceptance goes on")
