from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base import clock


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

    # A date-time is shown by the clock of the browser: in the first hour of a day, it may say the
    # day before.
    received_day = fields.Date(
        "Received on", compute="_compute_received_day", groups="base.group_user"
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine", groups="base.group_user"
    )
    # Else nobody is left to write to, by any way: nothing is proposed that would not arrive.
    is_reachable = fields.Boolean(compute="_compute_is_reachable", groups="base.group_user")

    @api.depends("date_submitted")
    def _compute_received_day(self):
        for request in self:
            filed = request.date_submitted
            request.received_day = clock.local_day(filed) if filed else False

    def _field_to_sql(self, alias, field_expr, query=None):
        """Lists are ordered by the day."""
        if field_expr != "received_day":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        filed = super()._field_to_sql(alias, "date_submitted", query)
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", filed, clock.ZONE.key)

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

    @api.depends(
        "applicant_id",
        "acting_for_id",
        "contact_email",
        "contact_phone",
        "contact_street",
        "contact_lastname",
        "dwelling_id",
        "channel",
    )
    def _compute_is_reachable(self):
        """By an account, an address, a phone; who gave her name, or came to the counter, may be
        handed a letter there."""
        for request in self:
            request_sudo = request.sudo()
            request.is_reachable = bool(
                request_sudo.applicant_id
                or request_sudo.acting_for_id
                or request_sudo.contact_email
                or request_sudo.contact_phone
                or request_sudo.contact_street
                or request_sudo.contact_lastname
                or request_sudo.dwelling_id
                or request_sudo.channel == "counter"
            )

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
