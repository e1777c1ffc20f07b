from odoo import api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

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
