from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _on_left(self):
        """Called for each mail that left, before core deletes it."""
        self.env["privacy.retention.warning"].sudo()._note_left(self)
        return super()._on_left()

    def _divide(self, success_pids, success_emails):
        """One colleague whose address is refused does not undo that the others were told."""
        if success_pids or success_emails:
            self.env["privacy.retention.warning"].sudo()._note_left(self)
        return super()._divide(success_pids, success_emails)
