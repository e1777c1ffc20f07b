from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.procedure.circuit import DecisionKind

_lt = LazyTranslate(__name__)


class ProcedureDecision(models.Model):
    _inherit = "procedure.decision"

    kind = fields.Selection(
        selection_add=[("allotment_on_trial", "Let for a year")],
        ondelete={"allotment_on_trial": "set accepted"},
    )

    @api.model
    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "allotment_on_trial": DecisionKind(
                gives=True,
                has_appeal=True,
                title=_lt("The plot is yours for a year"),
                next_words=_lt("Come to the gardens: the key is ready."),
                letter_title=_lt("Your plot for a year"),
                letter_template="test_allotment.trial_words",
            ),
        }
