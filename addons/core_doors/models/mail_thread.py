from odoo import api, fields, models
from odoo.exceptions import AccessError


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
