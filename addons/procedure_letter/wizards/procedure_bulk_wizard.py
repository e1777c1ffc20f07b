from odoo import api, fields, models


class ProcedureBulkWizard(models.TransientModel):
    """The first letter, as it leaves; a ready answer says to each what is hers."""

    _inherit = "procedure.bulk.wizard"

    procedure_id = fields.Many2one("procedure.procedure", compute="_compute_fitting")
    service_id = fields.Many2one(
        "territory.service", string="Service of all of them", compute="_compute_fitting"
    )
    template_id = fields.Many2one(
        "procedure.letter.template",
        string="Answer template",
        domain="[('kind', '=', 'decision'), ('acts', 'in', (False, action)), "
        "('procedure_ids', 'in', (False, procedure_id)), "
        "('service_id', 'in', (False, service_id))]",
    )
    letter_html = fields.Html(compute="_compute_letter_html", sanitize=False)

    @api.depends("request_ids")
    def _compute_fitting(self):
        """Requests of several procedures have in common what is for all of them."""
        for wizard in self:
            procedures = wizard.request_ids.procedure_id
            wizard.procedure_id = procedures if len(procedures) == 1 else False
            services = wizard.request_ids.service_id
            wizard.service_id = services if len(services) == 1 else False

    @api.depends("request_ids", "action", "reasons", "template_id")
    def _compute_letter_html(self):
        for wizard in self:
            request = wizard.request_ids._origin[:1]
            request.check_access("read")
            transition = wizard._get_transition()
            wizard.letter_html = (
                request._get_decision_preview(wizard.action, wizard._get_reasons(request), "")
                if request and transition and transition.is_signed
                else ""
            )

    def _get_reasons(self, request):
        """A template is filled for each; what is typed more is the same for all."""
        reasons = super()._get_reasons(request)
        if self.action != "accept" or not self.template_id:
            return reasons
        request.check_access("read")
        words = self.template_id._render_text(request, motif="", conditions="")
        return "\n".join(filter(None, (words, reasons)))
