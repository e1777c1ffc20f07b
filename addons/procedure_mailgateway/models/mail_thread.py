import logging
import xmlrpc.client

from odoo import api, models
from odoo.tools import email_normalize

from ..tools import incoming
from .procedure_mail_answer import AUTOMATIC

_logger = logging.getLogger(__name__)

# Where nobody writes by answering a message of core.
CLOSED = ("procedure.request", "res.partner")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """The mail to the address of a request is ours from its first byte: core reads the whole
        of a message, and keeps its files, before it looks where it goes."""
        if isinstance(message, xmlrpc.client.Binary):
            message = message.data
        raw = message.encode("utf-8", "replace") if isinstance(message, str) else message
        gateway = self.env["procedure.mail.gateway"]
        if targets := gateway._get_targets(raw):
            return gateway._receive(raw, targets)
        if gateway._is_misaddressed(raw):
            return gateway._refuse_without_address(incoming.read_headers(raw))
        if incoming.is_sent_to_a_crowd(raw):
            # Core takes a second for each few thousand addresses; nobody writes so to us.
            _logger.info("E-mail ignored: it has too many recipients.")
            return False
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Core would post on a request, or on the sheet of a person, whatever answers one of its
        messages (In-Reply-To), from anybody and with any file."""
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        kept = [route for route in routes if route[0] not in CLOSED]
        if len(kept) < len(routes):
            self.env["procedure.mail.gateway"]._refuse_without_address(message)
        return kept

    @api.model
    def _routing_create_bounce_email(self, email_from, body_html, message, **mail_values):
        """Core answers whatever comes straight to the catchall address, to the address that the
        message gives for its sender, at once and without a limit: a stranger's to misuse."""
        to = email_normalize(incoming.get_value(message, "Return-Path") or email_from)
        Answer = self.env["procedure.mail.answer"]
        if incoming.get_automatic_reason(message) or not Answer._may_answer(message, to):
            return None
        return super()._routing_create_bounce_email(
            email_from, body_html, message, **{"headers": repr(AUTOMATIC), **mail_values}
        )
