from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure.tests.test_procedure_request_circuit import get_own_states
from odoo.addons.procedure.tests.test_procedure_request_transitions import (
    PERSONAS,
    TransitionsCommon,
)
from odoo.addons.territory_base.tests.sweep import sweep

ACTS = {
    "silence_accepts": lambda test, request, user: request._transition("silence_accepts"),
    "silence_refuses": lambda test, request, user: request._transition("silence_refuses"),
}


@tagged("post_install", "-at_install")
class TestTransitions(TransitionsCommon):
    """What silence does is done by nobody, from any state."""

    acts = ACTS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = cls.env["procedure.request"]._get_transitions()
        cls.transitions = {name: known[name] for name in ACTS}

    @sweep("machines")
    def test_every_state_by_everybody(self):
        for state in get_own_states(self.env):
            request = self._in_any_state(state)
            for name in ACTS:
                for persona in PERSONAS:
                    self._try(name, request, persona, False)

    def test_neither_the_delegate_nor_her_association(self):
        request = self._submit(self.people["delegate"], acting_for=self.association)
        for name in ACTS:
            for persona in ("delegate", "applicant", "other_resident"):
                self._try(name, request, persona, False)

    def test_nobody_speaks_for_the_law_even_in_superuser_mode(self):
        """A request without account has nobody to compare with."""
        request = self._submit_without_account()
        for persona in ("visitor", "agent", "manager", "administrator"):
            acting = request.with_user(self.people[persona]).sudo()
            for name in ("silence_accepts", "silence_refuses"):
                with self.subTest(f"{name}, {persona}"), self.assertRaisesKeeping(AccessError):
                    acting._transition(name)
        self.assertEqual(request.state, "submitted")
