"""Who asks for an opinion, from any state. What is refused changes nothing."""

from odoo.tests import tagged

from odoo.addons.procedure.tests.test_procedure_request_circuit import get_own_states
from odoo.addons.procedure.tests.test_procedure_request_transitions import (
    ACTORS,
    PERSONAS,
    TransitionsCommon,
)
from odoo.addons.territory_base.tests.sweep import sweep


@tagged("post_install", "-at_install")
class TestTransitions(TransitionsCommon):
    acts = {
        "consult": lambda test, request, user: request.action_consult(
            "Votre avis ?", contact_email="expert@exemple.fr"
        ),
    }

    @sweep("machines")
    def test_every_state_by_everybody(self):
        for state in get_own_states(self.env):
            request = self._in_any_state(state)
            for persona in PERSONAS:
                may = state in self.open_states and persona in ACTORS["agent"]
                self._try("consult", request, persona, may)
