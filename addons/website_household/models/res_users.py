import logging

from odoo import api, models

from odoo.addons.public_guard.exceptions import TooManyRequests

_logger = logging.getLogger(__name__)

MAILS_AN_HOUR = 5
ACCOUNTS_AN_HOUR = 5


class ResUsers(models.Model):
    _inherit = "res.users"

    def _send_account_mail(self, template, **context):
        """Anybody may ask for them in the name of anybody: by our pages, by core's page of lost
        passwords, by a remote call. The answer stays the same."""
        try:
            self.env["public.guard"]._hit("account.mail", str(self.id), MAILS_AN_HOUR, 3600)
        except TooManyRequests:
            _logger.info("No mail: too many to one account in an hour.")
            return self.env["mail.mail"]
        return super()._send_account_mail(template, **context)

    @api.model
    def _check_signup(self, vals):
        """Few accounts in an hour for one e-mail address, whoever types it: each sends a mail."""
        values, errors = super()._check_signup(vals)
        if not errors:
            email = values[0]["email"]
            try:
                self.env["public.guard"]._hit("inscription.email", email, ACCOUNTS_AN_HOUR, 3600)
            except TooManyRequests as refused:
                errors["email"] = str(refused)
        return values, errors
