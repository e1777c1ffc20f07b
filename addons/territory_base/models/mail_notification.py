from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def _filtered_for_web_client(self):
        """Under a message, core tells its readers the name and address of whom it was sent to."""
        hidden_sudo = self.sudo().res_partner_id._hidden_from_user()
        shown = self.filtered(lambda notification: notification.res_partner_id not in hidden_sudo)
        return super(MailNotification, shown)._filtered_for_web_client()
