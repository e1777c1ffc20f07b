from odoo import api, fields, models

from ..models.procedure_letter_template import FITTING


class ProcedureReasonWizard(models.TransientModel):
    _inherit = "procedure.reason.wizard"

    procedure_id = fields.Many2one(related="request_id.procedure_id", related_sudo=False)
    service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain=f"[('kind', '=', 'decision'), {FITTING}]",
        help="Its text comes into the reason; you change it as you like.",
    )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.request_id:
            request = self.request_id._origin
            request.check_access("read")
            self.reasons = self.template_id._render_text(
                request, motif="", conditions=self.conditions
            )
