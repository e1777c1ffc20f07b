import logging

from markupsafe import Markup

from odoo import models
from odoo.tools import formataddr

from odoo.addons.public_guard.exceptions import TooManyRequests

from ..tools import incoming

_logger = logging.getLogger(__name__)

# Answers to one address, and to all, in a day.
MAX_ANSWERS = 3
MAX_ALL_ANSWERS = 200
DAY = 24 * 3600
# No machine answers what bears this.
AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class ProcedureMailAnswer(models.AbstractModel):
    """What the platform answers by itself to an e-mail: seldom, and marked as such."""

    _name = "procedure.mail.answer"
    _description = "Answers to e-mails received on requests"

    def _answer(self, headers, request, sentences):
        """One mail, marked so that no machine answers it; a few a day to one address."""
        sender = incoming.get_sender(headers)
        if not self._may_answer(headers, sender):
            return
        company = self.env.company
        email_from = request._get_sender() if request else company.email_formatted
        if not email_from:
            return
        message_id = incoming.get_message_id(headers)
        words = Markup().join(Markup("<p>%s</p>") % sentence for sentence in sentences)
        self.env["mail.mail"].create(
            {
                "subject": self._get_answer_subject(headers),
                "body_html": request.env["mail.mail"]._render_look(
                    words,
                    title=request.env._("About your message"),
                    service=request.service_id,
                    reason=request.env._("This answer was made by itself: you wrote to us."),
                ),
                "email_from": email_from,
                "reply_to": email_from,
                "email_to": formataddr(("", sender)),
                "procedure_request_id": request.id,
                "references": message_id,
                "headers": repr(AUTOMATIC),
                "auto_delete": True,
            }
        ).mail_message_id.is_internal = True
        request._trigger_mails()

    def _may_answer(self, headers, address):
        """A few answers a day, all of them counted together, core's own included."""
        if not address or incoming.wants_no_answer(headers):
            return False
        guard = self.env["public.guard"]
        try:
            guard._hit("mail_answer", address, MAX_ANSWERS, DAY)
            guard._hit("mail_answer", "*", MAX_ALL_ANSWERS, DAY)
        except TooManyRequests:
            _logger.info("No answer: too many in a day.")
            return False
        return True

    def _get_answer_subject(self, headers):
        subject = incoming.get_subject(headers)
        return subject if incoming.is_reply(subject) else f"Re: {subject}".strip()

    def _get_refused_sentences(self, request, refused):
        return [
            request.env._("We did not keep the file %(name)s. %(reason)s", name=name, reason=reason)
            for name, reason in refused
        ]

    def _get_sentence(self, reason, request):
        if reason == "big":
            return request.env._(
                "Your message is too big: the maximum is %(maximum)s MB. We kept nothing of it. "
                "Send your files in several messages, or from the page of your request: %(url)s",
                maximum=self._get_max_megabytes(),
                url=request._get_url(),
            )
        if reason == "to_complete":
            return request.env._(
                "We received your message and its files, and the service reads them. You can also "
                "give what was asked item by item, on the page of your request: %(url)s",
                url=request._get_url(),
            )
        if reason == "staff":
            return request.env._(
                "Your message did not reach the applicant. Write to her from the request, in the "
                "back office: %(url)s",
                url=f"{request.get_base_url()}/odoo/procedure.request/{request.id}",
            )
        return {
            "stranger": request.env._(
                "Your message was not delivered. This address only takes messages of the person "
                "who made the request, from the e-mail address that she gave us. Write from that "
                "address, or call the service."
            ),
            "unproved": request.env._(
                "Your message was not delivered: nothing shows that it comes from your address. "
                "If you wrote it, write again on the page of your request, or call the service."
            ),
            "erased": request.env._(
                "Your message was not delivered: this request is finished and what you gave us "
                "was erased. Write to the service, or make a new request."
            ),
            "unreadable": request.env._(
                "We could not read your message. Write it again as a simple text, or on the page "
                "of your request."
            ),
            "long": request.env._(
                "Your message is too long to be read here. Send it as a PDF, or in several times."
            ),
            "empty": request.env._(
                "We found neither text nor file in your message. Send it again."
            ),
            "address": request.env._(
                "Your message was not delivered. To answer us, reply to the last e-mail that you "
                "received about your request, or write on the page of your request."
            ),
        }[reason]
