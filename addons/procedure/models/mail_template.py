from odoo import models
from odoo.exceptions import AccessError


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, email_values=None, **kwargs):
        """A letter about a request leaves with what it tells, by `_tell_applicant` only."""
        models_written = {self.model, (email_values or {}).get("model")}
        if "procedure.request" in models_written and not self.env.su:
            raise AccessError(
                self.env._("The letters of a request leave with its decision, never alone.")
            )
        return super().send_mail_batch(res_ids, *args, email_values=email_values, **kwargs)
