from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ProcedureRequest(models.Model):
    """The request as the staff sees it: one idea a file, `procedure_request_desk`, `_review`,
    `_bulk`, `_figures`, `_entry`, `_incomplete`; here, the windows that ask for words."""

    _name = "procedure.request"
    _inherit = [
        "procedure.request.desk",
        "procedure.request.figures",
        "procedure.request.review",
        "procedure.request.bulk",
        "procedure.request.entry",
        "procedure.request.incomplete",
        "procedure.request",
    ]

    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine", groups="base.group_user"
    )

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for request in self:
            request.is_mine = request.user_id == self.env.user

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("user_id", "in" if True in value else "not in", self.env.uid)

    def action_open_reason(self):
        """Ask for the words of the transition named in the context."""
        action = self.env.context.get("reason_action")
        return self._open_wizard(
            "procedure.reason.wizard",
            self._get_act_title(action),
            default_action=action,
            dialog_size="extra-large",
        )

    def _get_act_title(self, action):
        """Hook: the act, and on whose request: a window is never about somebody else."""
        self.ensure_one()
        self.check_access("read")  # a name is computed in superuser mode
        whose = {"number": self.number, "name": self.who}
        titles = {
            "accept": self.env._("Accept request %(number)s of %(name)s", **whose),
            "refuse": self.env._("Refuse request %(number)s of %(name)s", **whose),
            "drop": self.env._("Close request %(number)s of %(name)s without decision", **whose),
            "waiting_list": self.env._(
                "Put request %(number)s of %(name)s on the waiting list", **whose
            ),
            "reopen": self.env._("Reopen request %(number)s of %(name)s", **whose),
        }
        return titles.get(action) or self.env._("Your answer")

    def action_open_completion(self):
        self.check_access("read")
        return self._open_wizard(
            "procedure.completion.wizard",
            self.env._(
                "Ask %(name)s for a document, request %(number)s",
                name=self.applicant_name,
                number=self.number,
            ),
            dialog_size="extra-large",
        )

    def _open_wizard(self, model, name, **context):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id, **context},
        }

    def action_send_code(self):
        """For somebody on the phone: to the address of the request, never read aloud."""
        self.ensure_one()
        self._check_actor("agent")
        request_sudo = self.sudo()
        if not request_sudo._may_have_code():
            raise UserError(
                self.env._(
                    "No code leaves for this request: it has no e-mail address, or it was filed "
                    "with an account."
                )
            )
        request_sudo._send_new_code()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "A new code is on its way to %(email)s. The former one no longer works.",
                    email=request_sudo.contact_email,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_leaves_label(self):
        """Where an answer goes, for the agent who is about to send it."""
        self.ensure_one()
        addresses = ", ".join(self._get_emails())
        if not addresses:
            return self.env._("nothing by e-mail: there is no address; to be printed and posted")
        return self.env._(
            "an e-mail to %(addresses)s; it stays on the page of the request too",
            addresses=addresses,
        )
