from odoo import api, fields, models

from ..models.procedure_letter_template import FITTING


class ProcedureCompletionWizard(models.TransientModel):
    _inherit = "procedure.completion.wizard"

    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain=f"[('kind', '=', 'completion'), {FITTING}]",
    )

    @api.depends("line_ids.label", "line_ids.reason", "message", "date_due")
    def _compute_letter_html(self):
        return super()._compute_letter_html()

    def _get_letter_preview(self):
        """Of what is not asked yet."""
        return self.request_id._get_completion_preview(
            self._get_named_items(), self.message, self.date_due
        )

    def _get_ready_reasons(self):
        """Those of the window that refuses one document."""
        request = self.request_id
        templates = self.env["procedure.letter.template"].search(
            [
                ("kind", "=", "decision"),
                ("acts", "=", "refuse_document"),
                ("procedure_ids", "in", (False, request.procedure_id.id)),
                ("service_id", "in", (False, request.service_id.id)),
            ]
        )
        return super()._get_ready_reasons() + [
            {"label": template.name, "text": template._render_text(request._origin)}
            for template in templates
        ]

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.request_id:
            request = self.request_id._origin
            request.check_access("read")
            template = self.template_id
            due = self.date_due and template._format(request, self.date_due)
            self.message = template._render_text(request, date_limite=due)
