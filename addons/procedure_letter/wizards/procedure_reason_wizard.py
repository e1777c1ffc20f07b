from odoo import api, fields, models

from ..models.procedure_letter_template import FITTING

# The acts whose letter is a decision.
PREVIEWED = ("accept", "refuse", "drop")


class ProcedureReasonWizard(models.TransientModel):
    _inherit = "procedure.reason.wizard"

    procedure_id = fields.Many2one(related="request_id.procedure_id", related_sudo=False)
    service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain=f"[('kind', '=', 'decision'), ('acts', 'in', (False, action)), {FITTING}]",
        help="Its text comes into the reason; you change it as you like.",
    )

    letter_html = fields.Html(compute="_compute_letter_html", sanitize=False)

    @api.depends("action", "reasons", "conditions", "request_id")
    def _compute_letter_html(self):
        """The letter as it leaves: the same template, a decision that is not written yet."""
        for wizard in self:
            request = wizard.request_id
            wizard.letter_html = (
                request._get_letter_preview(wizard.action, wizard.reasons, wizard.conditions)
                if request and wizard.action in PREVIEWED
                else ""
            )

    def _compute_leaves_label(self):
        """Its letter goes with the mail, or is what there is to print."""
        result = super()._compute_leaves_label()
        for wizard in self.filtered("leaves_label"):
            if wizard.action in PREVIEWED:
                wizard.leaves_label = self.env._(
                    "%(label)s; with this letter as PDF", label=wizard.leaves_label
                )
        return result

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.request_id:
            request = self.request_id._origin
            request.check_access("read")
            self.reasons = self.template_id._render_text(
                request, motif="", conditions=self.conditions
            )
