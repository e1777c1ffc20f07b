import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.public_guard.exceptions import TooManyRequests

_logger = logging.getLogger(__name__)

MAILS_AN_HOUR = 5
ACCOUNTS_AN_HOUR = 5
EMAIL_CHANGES_AN_HOUR = 5


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

    def _send_email_codes(self, email):
        """A code to the address that opens this account today, another one to the new address.

        What happens never tells whether somebody else has that address.
        """
        self.ensure_one()
        self._check_own_email()
        guard = self.env["public.guard"]
        guard._hit("account.email", str(self.id), EMAIL_CHANGES_AN_HOUR, 3600)
        template = self.env.ref("website_household.mail_email_code")
        for purpose, address in self._get_email_codes(email):
            context = {"code": guard._issue_code(purpose, address), "new_email": email}
            mail = template.with_context(**context)._send_to(self, address, self.sudo().lang)
            self.env["mail.mail"].sudo().browse(mail).send_after_commit()

    def _get_email_codes(self, email):
        """(purpose, address) of each code; without any known address, the new one alone."""
        former = self.sudo().email
        codes = [(f"email.former.{self.id}.{email}", former)] if former else []
        return [*codes, (f"email.new.{self.id}", email)]

    def _change_own_email(self, email, code_former, code_new):
        """By the person herself, who typed both codes; core tells the former address.

        :raise UserError: a code is wrong, old or used: nothing is changed
        """
        self.ensure_one()
        self._check_own_email()
        guard = self.env["public.guard"]
        codes = [code_former, code_new][-len(self._get_email_codes(email)) :]
        checked = zip(self._get_email_codes(email), codes, strict=True)
        # All are looked at, so that an answer tells nothing of one alone.
        if not all([guard._verify_code(*asked, code) for asked, code in checked]):
            raise UserError(
                self.env._(
                    "One of the codes is not right, or is too old. Look again at both messages, or "
                    "ask for new codes."
                )
            )
        user_sudo = self.sudo()
        values = {"email": email}
        known = user_sudo.email_normalized
        if known and email_normalize(user_sudo.login or "") == known:
            person = user_sudo.partner_id
            names = {name: person[name] or "" for name in ("firstname", "lastname")}
            if self._get_free_login({**names, "email": email}) == email:
                values["login"] = email
        user_sudo.write(values)

    def _check_own_email(self):
        """Of residents: that of the staff is its official one, which the manager writes."""
        if self != self.env.user or not self.share or self.partner_id.kind != "person":
            raise AccessError(self.env._("Another person's address is changed by herself."))
