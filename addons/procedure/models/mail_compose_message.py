from odoo import models
from odoo.exceptions import AccessError


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        """By an activity or a call, an official letter would leave without its decision."""
        if not self.env.su and "procedure.request" in self.sudo().template_id.mapped("model"):
            raise AccessError(
                self.env._("The letters of a request leave with its decision, never alone.")
            )
        return super()._action_send_mail(auto_commit=auto_commit)
