from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.procedure.circuit import DecisionKind

_lt = LazyTranslate(__name__)

ACCEPTED = "implicit_accepted"
REFUSED = "implicit_refused"


class ProcedureDecision(models.Model):
    _inherit = "procedure.decision"

    kind = fields.Selection(
        selection_add=[(ACCEPTED, "Accepted by silence"), (REFUSED, "Refused by silence")],
        # What was decided stays decided.
        ondelete={ACCEPTED: "set accepted", REFUSED: "set refused"},
    )

    @api.model
    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            ACCEPTED: DecisionKind(
                gives=True,
                title=_lt("Your request is accepted: the delay is over"),
                next_words=_lt(
                    "The service did not answer in time: the law says that your request is "
                    "accepted. You have a right to a certificate of it: see the letters below, or "
                    "ask the service for it."
                ),
                # CRPA L232-3.
                letter_title=_lt("Attestation of implicit acceptance"),
                letter_template="procedure_silence.attestation_body",
                is_attested=True,
            ),
            REFUSED: DecisionKind(
                refuses=True,
                has_appeal=True,
                title=_lt("Your request is refused: the delay is over"),
                next_words=_lt(
                    "The service did not answer in time: the law says that your request is "
                    "refused. You may ask the service for its reasons: it has one month to give "
                    "them."
                ),
                letter_title=_lt("Your request is refused by silence"),
                letter_template="procedure_silence.refusal_words",
            ),
        }
