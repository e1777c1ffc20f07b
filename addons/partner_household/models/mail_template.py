from odoo import api, models

# Core's words about accounts, which name its publisher: ours are in `mail_template_data.xml`. What
# sends them looks for them first, and does without.
REPLACED = (
    "auth_signup.mail_template_data_unregistered_users",
    "auth_signup.mail_template_user_signup_account_created",
    "auth_signup.portal_set_password_email",
    "auth_signup.set_password_email",
)
REMINDER = "auth_signup.ir_cron_auth_signup_send_pending_user_reminder"


class MailTemplate(models.Model):
    _inherit = "mail.template"

    @api.model
    def _drop_replaced(self):
        """At each update: core makes them again."""
        for name in REPLACED:
            if template := self.env.ref(name, raise_if_not_found=False):
                template.unlink()
        if reminder := self.env.ref(REMINDER, raise_if_not_found=False):
            reminder.active = False
