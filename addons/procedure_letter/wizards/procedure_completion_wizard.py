from odoo import api, fields, models

from ..models.procedure_letter_template import FITTING


class ProcedureCompletionWizard(models.TransientModel):
    _inherit = "procedure.completion.wizard"

    procedure_id = fields.Many2one(related="request_id.procedure_id", related_sudo=False)
    service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain=f"[('kind', '=', 'completion'), {FITTING}]",
        help="Its text comes into the message; you change it as you like.",
    )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.request_id:
            request = self.request_id._origin
            request.check_access("read")
            template = self.template_id
            due = self.date_due and template._format(request, self.date_due)
            self.message = template._render_text(request, date_limite=due)
