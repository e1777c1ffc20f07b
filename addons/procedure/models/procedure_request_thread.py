from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.core_doors.models.mail_thread import FREE_VALUES


class ProcedureRequestThread(models.AbstractModel):
    """The methods of core that lead to the messages of a request.

    The chatter calls some of them in superuser mode: it is the person who acts that is checked,
    whatever the mode.
    """

    _name = "procedure.request.thread"
    _description = "Doors to the messages of a request"

    route_label = fields.Char(compute="_compute_route_label", groups="base.group_user")

    @api.depends("applicant_id", "acting_for_id", "contact_email", "contact_phone")
    @api.depends_context("lang")
    def _compute_route_label(self):
        """Where the words go that the agent is about to write, and by which way."""
        for request in self:
            request.route_label = request._get_route_label()

    def _get_route_label(self):
        self.ensure_one()
        name = self.applicant_name or self.env._("the applicant")
        if not self._get_emails():
            return self._get_paper_label(name)
        return self.env._("%(name)s, by e-mail and on the page of the request", name=name)

    def _get_paper_label(self, name):
        """Who is reached by no e-mail: nothing can be sent from here. Extended by the letters."""
        return self._get_unreached_sentence(name)

    def _get_unreached_sentence(self, name):
        phone = self.sudo().applicant_phone
        if phone:
            return self.env._("%(name)s has no e-mail: call %(phone)s.", name=name, phone=phone)
        return self.env._("%(name)s has no e-mail and gave no telephone.", name=name)

    def _write_on_paper(self, message):
        """A comment of the staff that no e-mail carries: refused rather than lost. Extended by the
        letters."""
        name = self.applicant_name or self.env._("the applicant")
        raise UserError(self._get_unreached_sentence(name))

    def _get_emails(self):
        """The addresses that what is said to the applicant reaches."""
        self.ensure_one()
        emails = self._get_applicants().filtered("active").mapped("email")
        return list(filter(None, [*emails, self._get_email_without_account()]))

    # ------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------

    def message_post(self, *, partner_ids=None, subtype_xmlid=None, subtype_id=False, **kwargs):
        """Colleagues and the applicant receive messages, nobody else; a note goes to colleagues
        only. A comment reaches the applicant whoever follows, and with or without account."""
        self.ensure_one()
        if self.env.uid != SUPERUSER_ID:
            self._check_not_anonymised()
            comment = self.env.ref("mail.mt_comment")
            if subtype_xmlid:
                subtype_id = self.env["ir.model.data"]._xmlid_to_res_id(subtype_xmlid)
            is_comment = subtype_id == comment.id
            self._check_recipients(
                partner_ids or [], self._get_told_outsiders if is_comment else None
            )
            kwargs = {
                **self._get_free_values(kwargs),
                "message_type": "comment",
                "outgoing_email_to": is_comment and self._get_email_without_account(),
            }
            if is_comment:
                kwargs["subject"] = kwargs.get("subject") or self._get_message_subject()
                kwargs["email_add_signature"] = False
                partner_ids = list({*(partner_ids or []), *self._get_applicants().ids})
        message = self.with_context(mail_post_autofollow=False)._post(
            partner_ids=partner_ids,
            subtype_xmlid=subtype_xmlid,
            subtype_id=subtype_id,
            **kwargs,
        )
        is_said = self.env.uid != SUPERUSER_ID and is_comment
        if is_said and self.env.user._is_internal() and not self._get_emails():
            self._write_on_paper(message)
        return message

    def _get_message_subject(self):
        request_sudo = self.sudo().with_context(lang=self._get_mail_lang())
        return request_sudo.env._(
            "%(number)s: %(service)s writes to you",
            number=request_sudo.number,
            service=request_sudo.service_id._get_name_said(),
        )

    def message_notify(self, *, partner_ids=False, **kwargs):
        if self.env.uid != SUPERUSER_ID:
            self._check_recipients(partner_ids or [])
            kwargs = self._get_free_values(kwargs)
        return super().message_notify(partner_ids=partner_ids, **kwargs)

    def _post(self, **values):
        """Core's `message_post`, once who writes and to whom is checked."""
        return super().message_post(**values)  # pylint: disable=super-method-mismatch

    @api.model
    def _get_free_values(self, values):
        return {name: values[name] for name in FREE_VALUES if name in values}

    def _message_create(self, values_list):
        """`mail.message` is created by these methods only, never by hand."""
        if not self.env.su:
            self.check_access(self._mail_post_access)
        messages_sudo = super(ProcedureRequestThread, self.sudo())._message_create(values_list)
        return messages_sudo.with_env(self.env)

    def _message_update_content(self, message, /, *, partner_ids=None, **kwargs):
        """The chatter gives the message in superuser mode: a comment stays as it was said."""
        message.sudo(False).check_access("write")
        self._check_recipients(partner_ids or [])
        return super()._message_update_content(message, partner_ids=partner_ids, **kwargs)

    def _notify_thread_with_out_of_office(self, *args, **kwargs):
        """One writes to a service: the absence of an agent is no answer."""
        return self.env["mail.message"]

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """The applicant receives every comment: core's guesses from the last mails add nobody."""
        return {request.id: [] for request in self}

    def _get_email_without_account(self):
        request_sudo = self.sudo()
        return not request_sudo.applicant_id and request_sudo.contact_email

    # ------------------------------------------------------------
    # Followers
    # ------------------------------------------------------------

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """The applicant reads her page: she follows no notes."""
        self._check_recipients(partner_ids or [])
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_unsubscribe(self, partner_ids=None):
        """Nobody makes the applicant deaf, but our own code (superuser mode)."""
        if not self.env.su:
            self._check_recipients(partner_ids or [])
        return super().message_unsubscribe(partner_ids)

    def _get_told_outsiders(self):
        """A comment goes to the applicant; that a note does not is checked above."""
        return self._get_applicants()

    def _get_told_emails(self):
        return {self._get_email_without_account()}

    def _get_access_action(self, access_uid=None, force_website=False):
        """The link of a mail opens the applicant's page for those who are not of the staff."""
        self.ensure_one()
        user_sudo = self.env["res.users"].sudo().browse(access_uid or self.env.uid)
        if user_sudo.share:
            return {
                "type": "ir.actions.act_url",
                "url": self._get_url(),
                "target": "self",
                "res_id": self.id,
            }
        return super()._get_access_action(access_uid=access_uid, force_website=force_website)
