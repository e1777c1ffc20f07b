import hashlib
import logging
import time

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, email_normalize, plaintext2html

from odoo.addons.public_guard.exceptions import TooManyRequests, UploadRefused

from ..tools import authentication, incoming
from ..tools.reply_text import get_reply
from .procedure_request import ADDRESS, MAILBOX

_logger = logging.getLogger(__name__)

DEFAULT_MEGABYTES = 25
MAX_TEXT = 50000
MAX_FILES = 10
# For all the files of a message: an ordinary one takes less than one.
MAX_SECONDS = 15
# Messages of one person on one request in two hours; above, a machine writes.
MAX_MESSAGES = 20


class Refused(Exception):
    """One clear answer to the sender, by this reason."""


class Ignored(Exception):
    """No answer: it would reach a machine, or somebody who wrote nothing."""


class ProcedureMailGateway(models.AbstractModel):
    """What becomes of an e-mail sent to the address of a request.

    Everything is private: the way in is `mail.thread.message_process`.
    """

    _name = "procedure.mail.gateway"
    _description = "E-mails received on requests"
    _inherit = ["procedure.mail.answer"]

    @api.model
    def _get_targets(self, raw):
        """The (number, signature) to which this message is addressed, whatever it answers to."""
        recipients = incoming.get_recipients(incoming.read_headers(raw))
        return list(dict.fromkeys(ADDRESS.findall(recipients.lower())))[:MAX_FILES]

    @api.model
    def _is_misaddressed(self, raw):
        """Sent to our mailbox, at an address that a mail program or a hand has shortened."""
        recipients = incoming.get_recipients(incoming.read_headers(raw))
        domains = set(MAILBOX.findall(recipients.lower()))
        if not domains:
            return False
        ours = self.env["mail.alias.domain"].sudo().search_count([("name", "in", [*domains])])
        return bool(ours)

    @api.model
    def _receive(self, raw, targets):
        """:return: the id of the last request on which it landed, else False"""
        gateway_sudo = self._check_mail_server()
        landed = [gateway_sudo._receive_for(raw, number, sign) for number, sign in targets]
        return next(filter(None, reversed(landed)), False)

    def _check_mail_server(self):
        """Also before core's own way in, which comes after ours.

        :return: the gateway in superuser mode
        """
        self.env["mail.thread"]._check_mail_server()
        return self.with_user(SUPERUSER_ID).with_context(clean_context(self.env.context))

    def _receive_for(self, raw, number, signature):
        headers = incoming.read_headers(raw)
        message_id = incoming.get_message_id(headers) or hashlib.sha256(raw).hexdigest()
        receipt = self.env["procedure.mail.receipt"]._claim(f"{message_id} {number}.{signature}")
        if not receipt:
            _logger.info("E-mail to %s ignored: it was received already.", number)
            return False
        request = self.env["procedure.request"]._find_by_mail_address(number, signature)
        request = request.with_context(lang=self._get_lang(request))
        receipt.write({"request_id": request.id, "size": len(raw)})
        try:
            self._check_written_by_a_person(headers, request)
            author = self._check_sender(headers, request)
            outcome = self._land(headers, raw, request, author)
        except Ignored as reason:
            outcome = {"outcome": "ignored", "reason": str(reason)}
        except Refused as reason:
            outcome = {"outcome": "refused", "reason": str(reason)}
            self._answer(headers, request, [self._get_sentence(str(reason), request)])
        receipt.write(outcome)
        _logger.info("E-mail to %s %s (%s).", number, outcome["outcome"], outcome.get("reason"))
        return outcome["outcome"] not in ("ignored", "refused") and request.id

    @api.model
    def _refuse_without_address(self, headers):
        """It is meant for a request, and not sent to its address."""
        gateway_sudo = self._check_mail_server()
        request = self.env["procedure.request"].with_user(SUPERUSER_ID)
        request = request.with_context(lang=gateway_sudo._get_lang(request))
        receipt = gateway_sudo.env["procedure.mail.receipt"]._claim(
            incoming.get_message_id(headers) or incoming.get_digest(headers)
        )
        if not receipt:
            return False
        try:
            gateway_sudo._check_written_by_a_person(headers, request)
        except Ignored as reason:
            receipt.write({"outcome": "ignored", "reason": str(reason)})
            return False
        except Refused as reason:
            receipt.write({"outcome": "refused", "reason": str(reason)})
            sentence = gateway_sudo._get_sentence(str(reason), request)
        else:
            receipt.write({"outcome": "refused", "reason": "address"})
            sentence = gateway_sudo._get_sentence("address", request)
        gateway_sudo._answer(headers, request, [sentence])
        return False

    # ------------------------------------------------------------
    # Who wrote
    # ------------------------------------------------------------

    def _check_written_by_a_person(self, headers, request):
        sender = incoming.get_sender(headers)
        if not sender:
            raise Ignored("sender")
        if reason := incoming.get_automatic_reason(headers):
            raise Ignored(reason)
        if ADDRESS.search(sender) or sender in self._get_own_addresses():
            raise Ignored("own")
        server = self._get_param("authserv_id")
        if server and (reason := authentication.get_problem(headers, server)):
            # Told, for the mail of an honest person may come from a small domain without proof.
            raise Refused(reason) if reason == "unproved" else Ignored(reason)

    def _get_own_addresses(self):
        """From which the platform writes by itself."""
        domains = self.env["mail.alias.domain"].search([], limit=100)
        names = ("catchall_email", "bounce_email", "default_from_email")
        addresses = [domain[name] for domain in domains for name in names]
        return set(filter(None, map(email_normalize, filter(None, addresses))))

    def _get_service_addresses(self):
        services = self.env["territory.service"].search([("email", "!=", False)])
        addresses = [*services.mapped("email"), self.env.company.email]
        return set(filter(None, map(email_normalize, filter(None, addresses))))

    def _check_sender(self, headers, request):
        """The partner who writes; empty for a person without account. All that does not say who may
        write has the same answer, whether the request exists or not."""
        sender = incoming.get_sender(headers)
        is_staff = sender in self._get_service_addresses() or self.env["res.users"].search_count(
            [("email_normalized", "=", sender), ("share", "=", False)], limit=1
        )
        if not request:
            raise Refused("stranger")
        if request.date_anonymised:
            raise Refused("erased")
        author = request._get_mail_author(sender)
        if author is None:
            raise Refused("staff" if is_staff else "stranger")
        try:
            self.env["public.guard"]._hit(
                "mail_in", f"{request.id}:{sender}", MAX_MESSAGES, 2 * 3600
            )
        except TooManyRequests as error:
            raise Ignored("many") from error
        return author

    # ------------------------------------------------------------
    # What was written
    # ------------------------------------------------------------

    def _land(self, headers, raw, request, author):
        if len(raw) > self._get_max_megabytes() * 1024 * 1024:
            raise Refused("big")
        try:
            content = incoming.read_content(raw)
        except incoming.Unreadable as error:
            raise Refused("unreadable") from error
        text = get_reply(content.text)
        subject = incoming.get_subject(headers)
        if not text and not incoming.is_reply(subject):
            text = subject
        if len(text) > MAX_TEXT:
            raise Refused("long")
        uploads, refused = self._check_files(request, content.files)
        if not text and not uploads:
            if not refused:
                raise Refused("empty")
            self._answer(headers, request, self._get_refused_sentences(request, refused))
            return {"outcome": "refused", "reason": "files"}
        completed = self._try_complete(request, uploads, refused, author)
        self._post(request, text, [] if completed else uploads, refused, author)
        sentences = self._get_refused_sentences(request, refused)
        if uploads and not completed and request.state == "to_complete":
            sentences.append(self._get_sentence("to_complete", request))
        if sentences:
            self._answer(headers, request, sentences)
        return {
            "outcome": "completed" if completed else "posted",
            "reason": "files" if refused else False,
        }

    def _check_files(self, request, files):
        """(what may be stored, [(name, why it was refused)]). Each file that is looked at takes
        time, refused ones most of all: no more than a few, and no longer than some seconds."""
        uploads, refused = [], []
        end = time.monotonic() + MAX_SECONDS
        for number, (name, content) in enumerate(files):
            try:
                if number >= MAX_FILES or time.monotonic() > end:
                    raise UploadRefused(request.env._("There are too many files in one message."))
                uploads.append(request.env["public.guard"]._check_upload(name, content))
            except UploadRefused as error:
                refused.append((name, error.args[0]))
        return uploads, refused

    def _try_complete(self, request, uploads, refused, author):
        """One document asked for, one file: it is this one. Otherwise a person looks."""
        items = request._get_asked_items() if request.state == "to_complete" else []
        if len(items) != 1 or items[0]["type"] != "file" or len(uploads) != 1 or refused:
            return False
        try:
            with self.env.cr.savepoint():
                return request._complete(files={items[0]["key"]: uploads}, by=author)
        except UserError:
            return False

    def _post(self, request, text, uploads, refused, author):
        paragraph = Markup("<p><small>%s</small></p>")
        body = plaintext2html(text) if text else Markup("")
        for name, reason in refused:
            body += paragraph % request.env._(
                "Refused file: %(name)s. %(reason)s", name=name, reason=reason
            )
        if not text and not uploads:
            body += paragraph % request.env._("The document that was asked for is in the request.")
        body += paragraph % request.env._("Received by e-mail.")
        message = request._post_from_applicant(body, files=uploads, by=author)
        message.message_type = "email"

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    @api.model
    def _get_param(self, name, default=""):
        return (
            self.env["ir.config_parameter"]
            .sudo()
            .get_param(f"procedure_mailgateway.{name}", default)
        )

    @api.model
    def _get_max_megabytes(self):
        return int(self._get_param("max_megabytes") or DEFAULT_MEGABYTES)

    @api.model
    def _get_domain(self):
        """Of the addresses that we give; empty when applicants do not answer by e-mail."""
        return self._get_param("active") and self.env.company.sudo().alias_domain_id.name or ""

    @api.model
    def _get_lang(self, request):
        if request:
            return request._get_mail_lang()
        return self.env["res.lang"].sudo()._get_code("fr_FR") or self.env.lang or "en_US"
