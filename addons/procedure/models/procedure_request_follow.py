import secrets

from markupsafe import Markup

from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize

from .procedure_request_filing import CODE_ALPHABET, CODE_LENGTH


class ProcedureRequestFollow(models.AbstractModel):
    """The code of a request without account is kept nowhere: who lost it gets another one."""

    _name = "procedure.request.follow"
    _description = "Code that follows a request without account"

    def _may_have_code(self):
        self.ensure_one()
        return bool(self.contact_email and not self.applicant_id and not self.date_anonymised)

    def _send_code_again(self, number, email):
        """For a visitor: only if this number and this address go together, and never said which.

        Who calls limits the tries, and answers the same in both cases.
        """
        email = email_normalize(email or "")
        if not email:
            return
        domain = Domain("number", "=", (number or "").strip().upper())
        request_sudo = self.sudo().search(domain, limit=1)
        known = request_sudo and request_sudo._may_have_code()
        if known and email_normalize(request_sudo.contact_email) == email:
            request_sudo._send_new_code()

    def _send_new_code(self):
        """In superuser mode, after the check. The former code stops working at once."""
        self._lock()
        code = "".join(secrets.choice(CODE_ALPHABET) for _each in range(CODE_LENGTH))
        self.write({"access_token_digest": self._digest_code(self.number, code)})
        request = self.with_context(lang=self._get_mail_lang())
        sentence = request.env._("Here is a new code. The former one no longer works.")
        subject = request.env._("%(number)s: your new code", number=request.number)
        body = Markup("<p>%s</p>%s") % (sentence, request._render_acknowledgment(code))
        # Like the first one: in the mail only, never in the history.
        mail = self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": request._render_mail(body, subject=subject),
                "email_from": request._get_sender(),
                "email_to": request.contact_email,
                "procedure_request_id": self.id,
                "auto_delete": True,
            }
        )
        mail.mail_message_id.is_internal = True
        self._message_log(
            body=self.env._("A new code to follow the request was sent to the applicant.")
        )
        self._trigger_mails()
