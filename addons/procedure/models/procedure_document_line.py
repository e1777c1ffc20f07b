import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock


class ProcedureDocumentLine(models.Model):
    """What a request asks for, item by item: a document, or an answer to correct."""

    _name = "procedure.document.line"
    _description = "Item of a request"
    _order = "request_id, id"

    request_id = fields.Many2one("procedure.request", required=True, index=True, ondelete="cascade")
    field_key = fields.Char(help="Empty when the item is not a question of the form.")
    label = fields.Char()
    # The file, down to its name, is for the staff and for the person who gave it
    # (`procedure.document`): another delegate of the organisation reads this line.
    document_id = fields.Many2one(
        "procedure.document",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    state = fields.Selection(
        [
            ("to_provide", "To provide"),
            ("received", "Received"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("expired", "Expired"),
        ],
        default="received",
        required=True,
    )
    asked = fields.Boolean(help="The applicant is asked for this item now.")
    is_answer = fields.Boolean(help="A question to answer again, not a document.")
    reason = fields.Char()
    date_due = fields.Date()
    name = fields.Char(related="document_id.name", string="File", groups="base.group_user")
    mimetype = fields.Char(related="document_id.mimetype", groups="base.group_user")
    size = fields.Integer(related="document_id.size", groups="base.group_user")
    # Under the reader's own rights, as the document itself.
    file = fields.Binary(
        string="Content", related="document_id.file", related_sudo=False, groups="base.group_user"
    )
    seen_on = fields.Date(related="document_id.seen_on", groups="base.group_user")
    seen_by_id = fields.Many2one(
        related="document_id.seen_by_id", related_sudo=False, groups="base.group_user"
    )
    validity_date = fields.Date(compute="_compute_validity_date", string="Valid until")
    issued_on = fields.Date(related="document_id.issued_on", groups="base.group_user")
    given_again_on = fields.Date(
        readonly=True,
        groups="base.group_user",
        help="The day of this request, when the document had been given for another one.",
    )
    is_expired = fields.Boolean(compute="_compute_is_expired")
    checked_by_id = fields.Many2one("res.users", readonly=True)
    checked_on = fields.Datetime(readonly=True)
    input_key = fields.Char(compute="_compute_input_key")

    @api.depends("label")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.label

    @api.depends("field_key")
    def _compute_input_key(self):
        """Name of the input by which the applicant answers this item."""
        for line in self:
            line.input_key = line.field_key or f"piece_{line.id}"

    @api.depends("document_id.validity_date", "document_id.issued_on", "field_key")
    def _compute_validity_date(self):
        """A date that was read counts by the question of this request: another one, to which the
        document was given too, may take it for longer."""
        for line in self:
            document_sudo, field = line.sudo().document_id, line._get_field()
            line.validity_date = document_sudo.validity_date
            if document_sudo.issued_on and field.validity_kind == "months":
                line.validity_date = field._get_validity_date(
                    line._get_given_on(), issued_on=document_sudo.issued_on
                )

    @api.depends(
        "state",
        "validity_date",
        "given_again_on",
        "document_id.issued_on",
        "document_id.given_on",
    )
    def _compute_is_expired(self):
        """What was accepted in time stays accepted."""
        for line in self:
            past = line._is_past()
            line.is_expired = line.state == "expired" or (past and line.state == "received")

    def _is_past(self):
        """What is dated is looked at on the day on which it was given."""
        self.ensure_one()
        document_sudo = self.sudo().document_id
        is_dated = bool(document_sudo.issued_on)
        day = self._get_given_on() if is_dated else clock.today()
        return bool(self.validity_date) and self.validity_date < day

    def _get_given_on(self):
        """The day on which it was given for this request."""
        self.ensure_one()
        line_sudo = self.sudo()
        return line_sudo.given_again_on or line_sudo.document_id.given_on

    def _get_field(self):
        """The question of the form that it answers; empty for what was asked besides."""
        self.ensure_one()
        fields_sudo = self.sudo().request_id.version_id.field_ids
        return fields_sudo.filtered(lambda field: field.key == self.field_key)[:1]

    def action_accept(self):
        self._check_document("accepted")

    def action_refuse(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the document is refused."))
        self._check_document("refused", reason)

    def _check_document(self, state, reason=False):
        for request in self.request_id:
            request._check_actor("agent")
        if not all(self.mapped("document_id")) or len(self.document_id) != len(self):
            raise UserError(self.env._("There is no document to check here yet."))
        now = fields.Datetime.now()
        checked = {"checked_by_id": self.env.uid, "checked_on": now}
        self.sudo().write({"state": state, "reason": reason, **checked})
        if state == "accepted":
            self.sudo().document_id.write(checked)

    def _is_given_by(self, partner):
        """Whether she gave this document; an empty partner is who has no account."""
        self.ensure_one()
        document_sudo = self.sudo().document_id
        return bool(document_sudo) and document_sudo.giver_id == partner

    def _is_replaced(self):
        """Another document came in since, for the same question of the form, and stands."""
        self.ensure_one()
        return bool(
            self.field_key
            and self.request_id.document_line_ids.filtered(
                lambda line: (
                    line.field_key == self.field_key
                    and line.id > self.id
                    and line.state != "refused"
                    and not line.is_expired
                )
            )
        )

    def _get_content_for(self, user):
        """The file, for somebody who may read this request and no one else.

        :return: dict(name, mimetype, content)
        """
        self.ensure_one()
        self.with_user(user).check_access("read")
        document_sudo = self.sudo().document_id
        if not document_sudo.file:
            raise AccessError(self.env._("This document is no longer kept."))
        document_sudo.with_user(user).check_access("read")
        return {
            "name": document_sudo.name,
            "mimetype": document_sudo.mimetype,
            "content": base64.b64decode(document_sudo.with_context(bin_size=False).file),
        }
