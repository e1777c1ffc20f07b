from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        """Core hides internal comments from the applicant, but not the log of a record (changes
        of agent, of step, reasons of colleagues): on a request, nothing internal leaves."""
        forbidden = super()._get_forbidden_access(operation)
        if self.env.user._is_internal():
            return forbidden
        others_sudo = (self - forbidden).sudo()
        internal_sudo = others_sudo.filtered(
            lambda message: (
                message.model == "procedure.request"
                and (message.is_internal or not message.subtype_id or message.subtype_id.internal)
            )
        )
        return forbidden + self.browse(internal_sudo.ids)
