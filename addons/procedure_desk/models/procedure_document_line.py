from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.territory_base import clock

from .procedure_request_entry import make_seen


class ProcedureDocumentLine(models.Model):
    """A document as the agent looks at it."""

    _inherit = "procedure.document.line"

    takes_date = fields.Boolean(
        compute="_compute_takes_date",
        groups="base.group_user",
        help="Its validity is counted in months, from the date written on it.",
    )
    validity_text = fields.Char(compute="_compute_validity_text", groups="base.group_user")

    @api.depends("document_id", "field_key")
    def _compute_takes_date(self):
        for line in self:
            kind = line._get_field().validity_kind
            line.takes_date = bool(line.document_id) and kind == "months"

    @api.depends(
        "takes_date",
        "validity_date",
        "given_again_on",
        "document_id.issued_on",
        "document_id.given_on",
    )
    @api.depends_context("lang")
    def _compute_validity_text(self):
        """What is known of its validity: nothing, before its date was read."""
        for line in self:
            issued_on, until = line.issued_on, line.validity_date
            day = issued_on and format_date(self.env, issued_on)
            if line.takes_date and not issued_on:
                line.validity_text = self.env._("Date of the document not checked")
            elif issued_on and line._is_past():
                line.validity_text = line._get_too_old_sentence()
            elif issued_on and until:
                line.validity_text = self.env._(
                    "Dated %(day)s, valid until %(until)s",
                    day=day,
                    until=format_date(self.env, until),
                )
            else:
                line.validity_text = until and self.env._(
                    "Valid until %(until)s", until=format_date(self.env, until)
                )

    def action_expire(self):
        """The document is right, and too old: the applicant may be asked for a new one."""
        for line in self:
            reason = self.env._("This document is no longer valid.")
            if line.issued_on and line.takes_date:
                reason = line._get_too_old_sentence()
            elif line.validity_date:
                reason = self.env._(
                    "This document was valid until %(date)s.",
                    date=format_date(self.env, line.validity_date),
                )
            line._check_document("expired", reason)

    def action_open_date(self):
        """The agent looks at the document, and says which date is written on it."""
        self.ensure_one()
        self.request_id._check_actor("agent")
        return self.request_id._open_wizard(
            "procedure.document.date",
            self.env._("Date of “%(name)s”", name=self.label or self.name),
            default_line_id=self.id,
            default_issued_on=self.issued_on,
        )

    def _set_issued_on(self, issued_on):
        """:param issued_on: the date written on the document"""
        self.ensure_one()
        self.request_id._check_actor("agent")
        if not self.takes_date:
            raise UserError(self.env._("The date of this document is not looked at."))
        issued_on = fields.Date.to_date(issued_on)
        document_sudo = self.sudo().document_id
        given_on = document_sudo.given_on
        if issued_on > given_on:
            raise UserError(
                self.env._(
                    "This document was given on %(day)s: it cannot be dated after that.",
                    day=given_on.strftime("%d/%m/%Y"),
                )
            )
        until = self._get_field()._get_validity_date(given_on, issued_on=issued_on)
        document_sudo.write({"issued_on": issued_on, "validity_date": until})

    def _get_too_old_sentence(self):
        self.ensure_one()
        document_sudo = self.sudo().document_id
        return self.env._(
            "Dated %(day)s: more than %(months)s months old on %(given)s, when it was given.",
            day=format_date(self.env, document_sudo.issued_on),
            months=self._get_field().validity_months,
            given=format_date(self.env, self._get_given_on()),
        )

    def action_open(self):
        """Read the document in the browser."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/procedure.document/{self.document_id.id}/file?"
            + urlencode({"filename": self.document_id.name, "unique": self.document_id.sha256}),
            "target": "new",
        }

    def action_open_refusal(self):
        self.ensure_one()
        self.check_access("read")
        return self.request_id._open_wizard(
            "procedure.reason.wizard",
            self.env._("Refuse “%(name)s”", name=self.name or self.label),
            default_action="refuse_document",
            default_line_id=self.id,
        )

    def action_see(self):
        """“Seen, not kept”: what was asked was shown today, at the counter of the service."""
        self.ensure_one()
        request = self.request_id
        request._check_actor("agent")
        if not self.asked or self.is_answer:
            raise UserError(self.env._("This document is not asked for now."))
        today = clock.today()
        request._receive(files={self.input_key: [make_seen(today)]})
