from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _on_left(self):
        """Called for each mail that left, before core deletes it."""
        self.env["website.procedure.pending"].sudo()._note_told(self)
        return super()._on_left()
