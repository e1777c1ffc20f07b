import smtplib

from odoo import models

from odoo.addons.base.models.ir_mail_server import MailDeliveryException


def is_temporary(error):
    """Whether the same mail may leave later: no answer, or one of 4xx (RFC 5321, 4.2.1)."""
    if isinstance(error, MailDeliveryException):
        error = error.__context__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code < 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def send_email(self, *args, **kwargs):
        """A connection that breaks is a failure of this mail: core would leave the queue there,
        without saying who had been served."""
        try:
            return super().send_email(*args, **kwargs)
        except smtplib.SMTPServerDisconnected as error:
            raise MailDeliveryException(
                self.env._("The mail server closed the connection"), str(error)
            ) from error
