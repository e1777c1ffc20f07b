from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcedureStepWizard(models.TransientModel):
    """What a step is about to send, seen by the agent before it leaves."""

    _name = "procedure.step.wizard"
    _description = "What a step sends"

    request_ids = fields.Many2many("procedure.request", readonly=True)
    step_id = fields.Many2one("procedure.step", required=True, readonly=True, ondelete="cascade")
    sends = fields.Selection(related="step_id.sends")
    never_tried = fields.Boolean(compute="_compute_preview")
    recipients = fields.Char(compute="_compute_preview")
    subject = fields.Char(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("request_ids", "step_id")
    def _compute_preview(self):
        for wizard in self:
            # `_origin`: what a form not yet saved names is checked too.
            requests = wizard.request_ids._origin
            requests.check_access("read")
            template = wizard.step_id.template_id
            wizard.never_tried = not template.sudo().tried_on
            wizard.recipients = ", ".join(
                f"{request.applicant_name} ({request.number})" for request in requests
            )
            wizard.subject, wizard.preview = False, False
            if requests and template:
                first = requests[0].with_context(lang=requests[0]._get_mail_lang())
                # As it will be once there.
                wizard.subject, wizard.preview = template._render(first, etape=wizard.step_id.name)

    def action_confirm(self):
        """Move there what is elsewhere, and send."""
        self.ensure_one()
        for request in self.request_ids:
            request._check_actor("agent")
            if request.step_id == self.step_id:
                if self.sends == "none":
                    raise UserError(self.env._("This step sends nothing."))
                request.sudo()._send_step()
            else:
                request.with_context(step_confirmed=True).step_id = self.step_id
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_move_only(self):
        """Enter the step without writing to the applicant."""
        self.ensure_one()
        for request in self.request_ids:
            request._check_actor("agent")
            request.with_context(step_confirmed=True, step_silent=True).step_id = self.step_id
        return {"type": "ir.actions.client", "tag": "soft_reload"}
