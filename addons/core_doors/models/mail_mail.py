from odoo import api, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Its subject is that of its message, said to those who read it."""
        result = super()._compute_display_name()
        hidden_sudo = self.sudo().mail_message_id._hidden_from_user()
        for mail in self.filtered(lambda mail: mail.sudo().mail_message_id in hidden_sudo):
            mail.display_name = False
        return result
