from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

# What a person says, and how it looks. The author, the date, other addresses (headers of the mail
# among them) are not hers to give.
FREE_VALUES = {
    "attachment_ids",
    "attachments",
    "body",
    "body_is_html",
    "email_add_signature",
    "email_layout_xmlid",
    "force_record_name",
    "mail_activity_type_id",
    "mail_auto_delete",
    "model_description",
    "parent_id",
    "subject",
    "subtitles",
    "subtype_id",
    "subtype_xmlid",
}
# What core's own windows add when she sends: neither an address, nor a name.
SENT_BY_WINDOWS = {
    "force_send",
    "notify_author",
    "notify_author_mention",
    "notify_skip_followers",
    "record_alias_domain_id",
    "record_company_id",
    "reply_to_force_new",
}


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    # Core searches in them without the rules of messages: who reads a record could guess, word
    # by word, the notes of the staff on it.
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")

    def _process_attachments_for_post(self, attachments, attachment_ids, message_values):
        """Every door that gives files to a message passes here, in superuser mode for some."""
        model, res_id = message_values.get("model"), message_values.get("res_id")
        if "res_id" not in message_values:
            model, res_id = self._name, self.id
        given = self.env["ir.attachment"].browse(attachment_ids or ())
        given._check_may_leave_with(model, res_id)
        return super()._process_attachments_for_post(attachments, attachment_ids, message_values)

    # ------------------------------------------------------------
    # To whom, and in whose name
    # ------------------------------------------------------------

    def message_post(self, *, partner_ids=None, **kwargs):
        """Core sends what a member of the staff, or a resident on what she reads, gives it to any
        address and in any name."""
        self._check_recipients(partner_ids or [], self._get_told_outsiders)
        self._check_said_by_hand(kwargs)
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def message_notify(self, *, partner_ids=False, **kwargs):
        self._check_recipients(partner_ids or [], self._get_told_outsiders)
        # Of `mail.thread` itself: on which record.
        about = {name: value for name, value in kwargs.items() if name not in ("model", "res_id")}
        self._check_said_by_hand(about)
        return super().message_notify(partner_ids=partner_ids, **kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Whoever reads a record may follow it herself."""
        self._check_recipients(partner_ids or [], lambda: self.env.user.partner_id)
        return super().message_subscribe(partner_ids, subtype_ids)

    def _get_told_outsiders(self):
        """The persons outside the staff to whom a message of this record may go, in superuser
        mode: nobody. Hook."""
        return self.env["res.partner"]

    def _get_told_emails(self):
        """The addresses without account to which a message of this record may go. Hook."""
        return set()

    def _get_reply_addresses(self):
        """The addresses, without a name, at which a message of this record may be answered beside
        its author's: none. Hook."""
        return set()

    def _check_recipients(self, partner_ids, get_outsiders=None):
        """Core's routes call in superuser mode: it is the person who acts that is checked.

        :param get_outsiders: gives the persons outside the staff who may be among them
        :raise AccessError: somebody outside, or whom this person may not read, is among them
        """
        if self.env.uid == SUPERUSER_ID or not partner_ids:
            return
        partners = self.env["res.partner"].browse(partner_ids).exists()
        # In superuser mode all is read: the task that a resident's proposal gives to an agent.
        known = partners._filtered_access("read") | self.env.user.partner_id
        refused_sudo = partners.sudo().filtered("partner_share") | (partners - known).sudo()
        if refused_sudo and get_outsiders:
            refused_sudo -= get_outsiders().sudo()
        if refused_sudo:
            raise AccessError(self.env._("Only colleagues can be written to from here."))

    def _check_said_by_hand(self, values):
        """:raise AccessError: a remote call says more than a person may"""
        if self.env.su:
            return
        user = self.env.user
        emails = {email_normalize(user.email)}
        own = {
            "author_id": {user.partner_id.id},
            "email_from": emails,
            "message_type": {"comment", "notification"},
            "outgoing_email_to": self._get_told_emails(),
            "reply_to": emails | self._get_reply_addresses(),
        }
        for name in set(values) - FREE_VALUES - SENT_BY_WINDOWS:
            value = values[name]
            if name in ("email_from", "reply_to") and isinstance(value, str):
                value = email_normalize(value)
            is_own = isinstance(value, int | str) and value in own.get(name, ())
            if values[name] and not is_own:
                raise AccessError(
                    self.env._("A message goes in your own name, to colleagues of yours.")
                )

    @api.readonly
    def message_get_followers(self, after=None, limit=100, filter_recipients=False):
        """Core gives them, with their addresses, to those who read the persons alone."""
        self.sudo(False).check_access("read")
        return super().message_get_followers(after, limit, filter_recipients)

    @api.model
    def _check_mail_server(self):
        """Core lets any account hand in an e-mail, from the sender of its choice, and makes in
        superuser mode the record that comes with it, an administrator's account if asked."""
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only the mail server hands in e-mails."))

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        self._check_mail_server()
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )
