from email.message import EmailMessage

from odoo.addons.procedure.tests.common import PIXEL, ProcedureCommon

MEGABYTE = 1024 * 1024


class MailgatewayCommon(ProcedureCommon):
    """Applicants answer by e-mail, at courriel.exemple.fr."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "courriel.exemple.fr"})
        cls.env.company.alias_domain_id = cls.domain
        cls.env["ir.config_parameter"].set_param("procedure_mailgateway.active", "True")
        cls.Thread = cls.env["mail.thread"]

    def _email(self, request=None, text="Bonjour, voici ma réponse.", files=(), **headers):
        """A message as a mail program makes it."""
        message = EmailMessage()
        values = {
            "From": "Camille Durand <camille@exemple.fr>",
            "To": request._get_mail_address() if request else "x@courriel.exemple.fr",
            "Subject": "Re: votre demande",
            "Message-ID": f"<{self._next()}@exemple.fr>",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        for name, value in values.items():
            if value is not None:
                message[name] = value
        if text is not None:
            message.set_content(text)
        for name, content in files:
            message.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        return message.as_bytes()

    def _next(self):
        self.counter = getattr(self, "counter", 0) + 1
        return f"{self.id()}.{self.counter}"

    def _photo(self, name="photo.png"):
        return (name, PIXEL)

    def _receive(self, *args, **kwargs):
        return self._deliver(self._email(*args, **kwargs))

    def _deliver(self, raw):
        """By the mail server; returns the receipt of this message."""
        before = self._receipts()
        self.Thread.message_process(None, raw)
        return self._receipts() - before

    def _receipts(self):
        return self.env["procedure.mail.receipt"].search([])

    def _messages(self, request):
        """What the applicant wrote, newest last."""
        return request._get_messages_for_applicant().filtered(
            lambda message: message.message_type != "auto_comment"
        )

    def _answered(self, email="camille@exemple.fr"):
        """What the platform answered to that address by itself."""
        return self._mails(email=email).filtered(
            lambda mail: "auto-replied" in (mail.headers or "")
        )

    def assertReceived(self, receipt, outcome, reason=False):
        self.assertEqual([(each.outcome, each.reason) for each in receipt], [(outcome, reason)])
