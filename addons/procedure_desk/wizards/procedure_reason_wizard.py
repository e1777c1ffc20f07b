from markupsafe import Markup

from odoo import api, fields, models


class ProcedureReasonWizard(models.TransientModel):
    """The words of an answer, before the method that checks and does it."""

    _name = "procedure.reason.wizard"
    _inherit = "procedure.words.mixin"
    _description = "Words of a decision"

    line_id = fields.Many2one("procedure.document.line", ondelete="cascade")
    action = fields.Selection(
        [
            ("accept", "Accept"),
            ("refuse", "Refuse"),
            ("waiting_list", "Put on the waiting list"),
            ("drop", "Close without decision"),
            ("reopen", "Reopen"),
            ("refuse_document", "Refuse the document"),
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
            transition = wizard._get_transition()
            wizard.author_problem = bool(transition and transition.is_signed) and (
                wizard.request_id._get_author_problem(self.env.user)
            )

    @api.depends("action")
    def _compute_is_read_by_applicant(self):
        for wizard in self:
            wizard.is_read_by_applicant = wizard._is_read_by_applicant()
            wizard.is_reason_required = wizard._needs_reasons()

    def _is_read_by_applicant(self):
        """Hook: whether the applicant reads these words. Only the agent in charge writes those.

        For others, the act itself checks who does it.
        """
        return True

    def _needs_reasons(self):
        """Hook: whether the act needs words."""
        transition = self._get_transition()
        return transition.needs_reasons if transition else self.action == "refuse_document"

    @api.depends("action")
    def _compute_leaves_label(self):
        return super()._compute_leaves_label()

    def _get_transition(self):
        """The one that this act is; None for what changes no state."""
        return self.env["procedure.request"]._get_transitions().get(self.action)

    def _is_telling(self):
        transition = self._get_transition()
        return bool(transition and transition.mail)

    @api.constrains("request_id", "line_id", "action")
    def _check_rights(self):
        for wizard in self:
            for record in (wizard.request_id, wizard.line_id):
                record.check_access("read")
            if wizard.is_read_by_applicant:
                wizard.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        self._confirm(self.request_id, self.reasons or "")
        return {"type": "ir.actions.act_window_close"}

    def _confirm(self, request, reasons):
        """Hook: the act. What a service addon adds to `action` is a transition, or done here."""
        match self.action:
            case "accept":
                request.action_accept(reasons, self.conditions or "")
            case "refuse_document":
                self.line_id.action_refuse(reasons)
            case _:
                request._run_transition(self.action, reasons=reasons)
