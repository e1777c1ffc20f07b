from odoo import models
from odoo.exceptions import AccessError


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Mails of the mass mode pass by no method of a thread, and go to anybody."""
        if not self.env.su:
            raise AccessError(self.env._("Write from the record, to one person at a time."))
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
