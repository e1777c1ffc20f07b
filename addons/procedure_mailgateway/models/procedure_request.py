import base64
import re

from odoo import api, models
from odoo.tools import email_normalize, formataddr
from odoo.tools.misc import consteq, hmac

PREFIX = "demande"
SIGNATURE_BYTES = 10
ADDRESS = re.compile(r"\bdemande\+([a-z0-9]{1,40}-[0-9]{4}-[0-9]{1,10})\.([a-z2-7]{16})@")
MAILBOX = re.compile(r"(?<![\w.+-])demande(?:\+[^\s@<>,;]{0,80})?@([a-z0-9.-]+)")
# Longer headers are folded, and some mail servers then read an empty one.
MAX_HEADER = 68


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_mail_address(self):
        """Where the applicant writes about this request; empty when it is not set up.

        Lower case only: mail programs change it.
        """
        self.ensure_one()
        domain = self.env["procedure.mail.gateway"]._get_domain()
        if not domain or not self.number:
            return ""
        return f"{PREFIX}+{self.number.lower()}.{self._sign_mail_address()}@{domain}"

    def _sign_mail_address(self):
        digest = hmac(self.sudo().env, "procedure_mailgateway.address", (self.id, self.number))
        return base64.b32encode(bytes.fromhex(digest)[:SIGNATURE_BYTES]).decode().lower()

    @api.model
    def _find_by_mail_address(self, number, signature):
        """The request, in superuser mode, of an address that we gave; else nothing."""
        request_sudo = self.sudo().search([("number", "=", number.upper())], limit=1)
        expected = request_sudo._sign_mail_address() if request_sudo else ""
        return request_sudo if consteq(expected, signature) else request_sudo.browse()

    def _get_mail_author(self, email):
        """The partner who speaks for this request from this address, an empty one without account,
        None for anybody else. In superuser mode."""
        if not self:
            return None
        speakers = self._get_applicants()
        for partner in speakers:
            if email_normalize(partner.email) == email:
                return partner
        if not self.applicant_id and email_normalize(self.contact_email) == email:
            return speakers
        return None

    def _post(self, **values):
        """Comments are answered at the address of the request, whoever receives them: what an
        agent answers there to a message of the applicant is refused aloud."""
        if "reply_to" not in values and self._is_comment(values):
            if reply_to := self._get_reply_to_request():
                values["reply_to"] = reply_to
        return super()._post(**values)

    def _is_comment(self, values):
        comment = self.env.ref("mail.mt_comment")
        return (
            values.get("subtype_xmlid") == "mail.mt_comment"
            or values.get("subtype_id") == comment.id
        )

    def _get_reply_to_request(self):
        address = self._get_mail_address()
        named = address and formataddr((self.sudo().service_id.name or "", address))
        return named if len(named) <= MAX_HEADER else address

    def _get_reply_addresses(self):
        return super()._get_reply_addresses() | {email_normalize(self._get_mail_address() or "")}

    def _get_answer_sentence(self):
        if self._get_reply_to_request():
            return self.env._("A question? Answer this message: it reaches the service.")
        return super()._get_answer_sentence()
