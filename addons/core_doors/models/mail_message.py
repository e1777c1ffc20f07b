from odoo import SUPERUSER_ID, api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """See `res.partner`. Without superuser mode too: core reads messages unchecked, and the
        subject of a letter says what a person asked, and what became of it."""
        result = super()._compute_display_name()
        for message in self._hidden_from_user():
            message.display_name = False
        return result

    def _hidden_from_user(self):
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        known = self.filtered("id").sudo(False)
        return (known - known._filtered_access("read")).sudo(self.env.su)

    def _prepare_create_values(self, vals_list):
        result = super()._prepare_create_values(vals_list)
        if not self.env.su:
            for values in result:
                self.browse()._check_attachments(values, values.get("model"), values.get("res_id"))
        return result

    def write(self, vals):
        if not self.env.su and "attachment_ids" in vals:
            for message in self:
                message._check_attachments(vals, message.model, message.res_id)
        return super().write(vals)

    def _check_attachments(self, values, model, res_id):
        Attachment = self.env["ir.attachment"]
        given = self._get_named_ids(Attachment, values.get("attachment_ids") or [])
        kept_sudo = self.sudo().attachment_ids
        Attachment.browse(given - set(kept_sudo.ids))._check_may_leave_with(model, res_id)

    @api.depends_context("uid")
    def _compute_record_name(self):
        """Core names any record in superuser mode, even that of a message not yet written."""
        result = super()._compute_record_name()
        if self.env.su:
            return result
        messages = self.filtered(lambda message: message.res_id and message.model in self.env)
        readable = {}
        for message, record in messages._record_by_message().items():
            if record not in readable:
                readable[record] = record.has_access("read")
            if not readable[record]:
                message.record_name = False
        return result
