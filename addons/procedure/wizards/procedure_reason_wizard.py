from markupsafe import Markup

from odoo import api, fields, models

# Acts that write to the applicant.
TELLING = ("accept", "refuse", "waiting_list", "drop", "reopen")
# Acts that are a decision, by the method that does them.
SIGNED = ("accept", "refuse", "drop")


class ProcedureReasonWizard(models.TransientModel):
    """The words of an answer, before the method that checks and does it."""

    _name = "procedure.reason.wizard"
    _inherit = "procedure.words.mixin"
    _description = "Words of a decision"

    line_id = fields.Many2one("procedure.document.line", ondelete="cascade")
    opinion_id = fields.Many2one("procedure.opinion", ondelete="cascade")
    action = fields.Selection(
        [
            ("accept", "Accept"),
            ("refuse", "Refuse"),
            ("waiting_list", "Put on the waiting list"),
            ("drop", "Close without decision"),
            ("reopen", "Reopen"),
            ("refuse_document", "Refuse the document"),
            ("favourable", "Favourable opinion"),
            ("unfavourable", "Unfavourable opinion"),
        ],
        required=True,
    )
    reasons = fields.Text()
    conditions = fields.Text()
    warnings_html = fields.Html(compute="_compute_warnings_html", sanitize=False)
    author_problem = fields.Char(compute="_compute_author_problem")
    is_read_by_applicant = fields.Boolean(compute="_compute_is_read_by_applicant")
    is_reason_required = fields.Boolean(compute="_compute_is_read_by_applicant")

    @api.depends("action", "request_id")
    def _compute_warnings_html(self):
        """Nothing blocks the agent: she is told what nobody looked at."""
        for wizard in self:
            warnings = (
                wizard.request_id._get_acceptance_warnings() if wizard.action == "accept" else []
            )
            items = Markup("").join(Markup("<li>%s</li>") % warning for warning in warnings)
            wizard.warnings_html = items and Markup('<ul class="mb-0 ps-4">%s</ul>') % items

    @api.depends("action", "request_id")
    @api.depends_context("uid", "lang")
    def _compute_author_problem(self):
        """Told before anything is typed."""
        for wizard in self:
            wizard.author_problem = wizard.action in SIGNED and (
                wizard.request_id._get_author_problem(self.env.user)
            )

    @api.depends("action")
    def _compute_is_read_by_applicant(self):
        for wizard in self:
            wizard.is_read_by_applicant = wizard.action not in ("favourable", "unfavourable")
            wizard.is_reason_required = wizard.action in (
                "refuse",
                "drop",
                "reopen",
                "refuse_document",
                "unfavourable",
            )

    @api.depends("action")
    def _compute_leaves_label(self):
        return super()._compute_leaves_label()

    def _is_telling(self):
        return self.action in TELLING

    @api.constrains("request_id", "line_id", "opinion_id", "action")
    def _check_rights(self):
        for wizard in self:
            for record in (wizard.request_id, wizard.line_id, wizard.opinion_id):
                record.check_access("read")
            if wizard.is_read_by_applicant:
                wizard.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        request, reasons = self.request_id, self.reasons or ""
        match self.action:
            case "accept":
                request.action_accept(reasons, self.conditions or "")
            case "refuse":
                request.action_refuse(reasons)
            case "waiting_list":
                request.action_waiting_list(reasons)
            case "drop":
                request.action_drop(reasons)
            case "reopen":
                request.action_reopen(reasons)
            case "refuse_document":
                self.line_id.action_refuse(reasons)
            case "favourable":
                self.opinion_id.action_give_favourable(reasons)
            case "unfavourable":
                self.opinion_id.action_give_unfavourable(reasons)
        return {"type": "ir.actions.act_window_close"}
