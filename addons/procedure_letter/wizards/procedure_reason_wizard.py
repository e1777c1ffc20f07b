from odoo import api, fields, models

from ..models.procedure_letter_template import FITTING


class ProcedureReasonWizard(models.TransientModel):
    _inherit = "procedure.reason.wizard"

    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        # What is wrong with a document is no answer to a request.
        domain="[('kind', '=', 'decision'), "
        "('acts', 'in', (action,) if action == 'refuse_document' else (False, action)), "
        f"{FITTING}]",
    )

    @api.depends("action", "reasons", "conditions")
    def _compute_letter_html(self):
        return super()._compute_letter_html()

    def _get_letter_preview(self):
        """Of a decision that is not written yet."""
        transition = self._get_transition()
        if not transition or not transition.is_signed:
            return super()._get_letter_preview()
        return self.request_id._get_decision_preview(self.action, self.reasons, self.conditions)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.request_id:
            request = self.request_id._origin
            request.check_access("read")
            self.reasons = self.template_id._render_text(
                request, motif="", conditions=self.conditions
            )
