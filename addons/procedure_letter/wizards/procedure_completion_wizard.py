from odoo import api, fields, models


class ProcedureCompletionWizard(models.TransientModel):
    _inherit = "procedure.completion.wizard"

    procedure_id = fields.Many2one(related="request_id.procedure_id", related_sudo=False)
    service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain="[('kind', '=', 'completion'), "
        "'|', ('procedure_ids', '=', False), ('procedure_ids', 'in', procedure_id), "
        "'|', ('service_id', '=', False), ('service_id', '=', service_id)]",
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
