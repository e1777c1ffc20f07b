from odoo import models

from odoo.addons.territory_base.links import sign_row

from ..pages.constants import ACKNOWLEDGMENT

ACKNOWLEDGMENT_HOURS = 24 * 30


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_acknowledgment_url(self):
        token = sign_row(self.sudo(), ACKNOWLEDGMENT, expiration_hours=ACKNOWLEDGMENT_HOURS)
        return f"/demarches/{self.procedure_id.slug}/accuse/{token}"

    def _tell_transition(self, name, **words):
        """What is useful next goes with the acceptance, and with no other mail."""
        kind = self._get_transitions()[name].decision
        suggests = kind in ("accepted", "accepted_conditionally")
        request = self.with_context(suggests_procedures=suggests)
        return super(ProcedureRequest, request)._tell_transition(name, **words)
