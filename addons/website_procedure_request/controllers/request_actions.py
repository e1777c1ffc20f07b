"""What the applicant does on a request, signed in or with a number and a code."""

import base64
import logging

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.public_guard.exceptions import TooManyRequests, UploadRefused
from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_parts.tools.kept import take_kept
from odoo.addons.website_parts.tools.upload import check_upload
from odoo.addons.website_parts.tools.web import (
    Posted,
    Visit,
    answer_json,
    get_sender,
    is_csrf_valid,
    not_cached,
    text,
    typed,
    uploads,
)
from odoo.addons.website_procedure.controllers.given_files import (
    find_file,
    show_file,
    show_thumbnail,
)
from odoo.addons.website_procedure.pages.form_reading import get_kinds, is_reshaped, read_answers

from ..pages.slots import MESSAGE_SLOT, make_slot
from .request_page import prepare_request

_logger = logging.getLogger(__name__)
SUMMARIES_AN_HOUR = 20


class RequestActions:
    def __init__(self, request_sudo, base_url, template, by=None):
        """`request_sudo`: who may act on it was checked by the caller.

        `by` is the signed-in applicant; empty for a visitor who showed the number and the code.
        """
        self.request_sudo = request_sudo
        self.base_url = base_url
        self.template = template
        self.by = by
        self.files = request_sudo._make_given_files(Visit.from_request(), by, base_url)

    def show(self, notice="", status=200, **values):
        values.setdefault("everything", request.params.get("tout") == "1")
        view = prepare_request(
            self.request_sudo, self.base_url, by=self.by, files=self.files, **values
        )
        errors = list(view["asked_page"].error_list_of(view["asked"])) if view["asked"] else []
        errors += [
            (field["id"], f"{field['label']}\xa0: {field['error']}")
            for field in (view["message_field"], view["piece_field"])
            if field["error"]
        ]
        number = self.request_sudo.number
        title = f"{view['title']} ({number})"
        if errors:
            title = request.env._("Error: %(name)s", name=title)
        response = request.render(
            self.template,
            {
                "view": view,
                "base_url": self.base_url,
                "errors": errors,
                "notice": notice,
                "page_title": title,
            },
            status=422 if errors else status,
        )
        return not_cached(response)

    def open(self, done):
        """:param done: what was just done, as the address says it"""
        kept, told = take_kept(self.base_url)
        values = {}
        if told:
            items = self.request_sudo._get_asked_items()
            questions = [item["field"] for item in items if item["type"] != "file"]
            raw = read_answers(questions, Visit(request.env, kept))
            values = {"message": kept.text("message"), **({"raw": raw} if raw else {})}
        return self.show(notice=told or self.get_notice(done), **values)

    def complete(self):
        """Take the answers and the files that were asked, and nothing else."""
        expired = self._refuse_expired()
        request_sudo = self.request_sudo
        raw, files, errors = self.read_asked(with_files=not expired)
        if expired:
            return self.show(notice=expired, raw=raw)
        if is_reshaped(Posted.from_request()):
            return self.show(raw=raw, errors=errors)
        if not errors:
            new = self._drop_unchanged(raw, errors)
            if any(new.values()) or any(files.values()):
                # Beside something new, what stays as it was is still asked.
                errors = {}
        if not errors:
            try:
                request_sudo._complete(answers=new, files=files, by=self.by)
            except AnswersInvalid as refused:
                errors = refused.errors
            except UserError as refused:
                return self.show(notice=str(refused), raw=raw)
        if errors:
            return self.show(errors=errors, raw=raw)
        self.files.let_go(files)
        return self._done("recu")

    def _drop_unchanged(self, raw, errors):
        """What is asked again comes with the former answer: sent as it was, it answers nothing.

        :param errors: receives a sentence for each such question
        """
        asked = {item["key"] for item in self.request_sudo._get_asked_items()}
        former = self.request_sudo.answers or {}
        keys = asked & former.keys() & {get_key(name) for name in raw}
        given, _problems = self.request_sudo._validate_alone(keys, raw, self.by)
        same = {key for key in keys if given.get(key) == former[key]}
        for key in same:
            errors[key] = request.env._(
                "This is your former answer: change it, or write to the service below if it is "
                "right."
            )
        return {name: value for name, value in raw.items() if get_key(name) not in same}

    def read_asked(self, with_files=True):
        """(raw answers, files, errors by key) of what was asked."""
        items = self.request_sudo._get_asked_items()
        questions = [item["field"] for item in items if item["type"] != "file"]
        slots = [make_slot(item) for item in items if item["type"] == "file"]
        if not items:
            # The model tells what was received from what comes too late.
            return self._read_late(with_files)
        if with_files:
            self.files.take_in(slots)
        given = self.files.get_files()
        files = {slot.key: given[slot.key] for slot in slots if slot.key in given}
        return read_answers(questions, Visit.from_request()), files, self.files.errors

    def _read_late(self, with_files):
        """With what waited to be sent: it is refused aloud too."""
        items, errors, files = self._get_sent_items(), {}, {}
        if with_files:
            files = self.files.get_files()
            files.pop(MESSAGE_SLOT, None)
        for item in items:
            if item["type"] == "file" and with_files:
                files[item["key"]] = files.get(item["key"], []) + self._check_late(item, errors)
        questions = [item["field"] for item in items if item["type"] != "file"]
        return read_answers(questions, Visit.from_request()), files, errors

    def _get_sent_items(self):
        """The questions and documents that the page sends, in the shape of those asked for."""
        sent = {name.partition(".")[0] for name in request.httprequest.form}
        sent |= set(list(request.httprequest.files)[:20])
        known = {field.key: field for field in self.request_sudo.version_id.field_ids}
        empty = self.request_sudo.version_id.field_ids.browse()
        return [
            {"key": key, "field": known.get(key, empty), "type": known[key].type}
            if key in known
            else {"key": key, "field": empty, "type": "file"}
            for key in sorted(sent)
            if key in known or key in request.httprequest.files
        ]

    def _check_late(self, item, errors):
        accepted = []
        for upload in uploads(item["key"])[:20]:
            try:
                accepted.append(
                    check_upload(request.env, upload, get_sender(), get_kinds(item["field"]))
                )
            except (UploadRefused, TooManyRequests) as refused:
                errors[item["key"]] = f"{text(upload.filename, 100)}\xa0: {refused}"
        return accepted

    def upload(self):
        """One file, as soon as it is chosen; JSON, as the form answers (form_upload.py)."""
        slot = self.files.get_slots().get(typed("_field", 100))
        if not is_csrf_valid():
            sentence = request.env._(
                "This page stayed open for too long. Send the form: what you typed is kept."
            )
            return answer_json({"error": sentence}, 403)
        if not slot:
            return answer_json({"error": request.env._("No file is asked for here.")}, 404)
        if len(uploads(slot.key)) != 1:
            return answer_json({"error": request.env._("No file was received.")}, 400)
        self.files.take_in([slot])
        error = self.files.errors.get(slot.key)
        if error:
            return answer_json({"error": error, **self.files.answer(slot)}, 422)
        return answer_json(self.files.answer(slot), 200)

    def show_given(self, file):
        return show_file(find_file(self.files.pending, file))

    def show_given_thumbnail(self, file):
        return show_thumbnail(find_file(self.files.pending, file))

    def post_message(self):
        body = typed("message", 5000)
        expired = self._refuse_expired()
        if expired:
            return self.show(notice=expired, message=body)
        self.files.take_in([self.files.get_slots()[MESSAGE_SLOT]])
        errors = dict(self.files.errors)
        if is_reshaped(Posted.from_request()):
            return self.show(message=body, piece_error=errors.get(MESSAGE_SLOT))
        if not body:
            errors["message"] = request.env._("Write your message.")
        if errors:
            return self.show(
                message=body,
                message_error=errors.get("message"),
                piece_error=errors.get(MESSAGE_SLOT),
            )
        files = self.files.get_files().get(MESSAGE_SLOT, [])
        guard = request.env["public.guard"]
        try:
            guard._hit("procedure.message", str(self.request_sudo.id), 30, 3600)
            # A file that cannot be kept gives the token back: the message may be sent again.
            with request.env.cr.savepoint():
                token_sudo, is_new = guard._claim_token(typed("_once", 1000))
                if is_new:
                    message = self.request_sudo._post_from_applicant(body, files=files, by=self.by)
                    token_sudo._set_result(message)
                    self.files.let_go([MESSAGE_SLOT])
        except UserError as refused:
            return self.show(notice=str(refused), message=body)
        return self._done("message", "#fil")

    def cancel(self):
        """Ask first, then cancel: a link opened by mistake cancels nothing."""
        error = None
        state = self.request_sudo.state
        if request.httprequest.method == "POST":
            error = self._refuse_expired()
            if not error and typed("_action", 20) == "cancel":
                try:
                    self.request_sudo._take_portal_turn()
                    # Pressed twice, it is done once, and said the same way.
                    if state != "cancelled":
                        # What refuses after the state has changed undoes it.
                        with request.env.cr.savepoint():
                            self.request_sudo._cancel(by=self.by)
                except UserError as refused:
                    return self.show(notice=str(refused))
                return self._done("annule")
        elif state not in self.request_sudo._get_open_states():
            return request.redirect(self.base_url, code=303)
        response = request.render(
            "website_procedure_request.request_cancel",
            {
                "base_url": self.base_url,
                "number": self.request_sudo.number,
                "name": self.request_sudo.procedure_id.name,
                "is_waiting": state == "waiting_list",
                "sentences": self.request_sudo._get_cancel_sentences(),
                "errors": [(None, error)] if error else [],
            },
        )
        return not_cached(response)

    def act(self):
        """What a button of a block does (`_prepare_portal_blocks`)."""
        expired = self._refuse_expired()
        if expired:
            return self.show(notice=expired)
        try:
            self.request_sudo._take_portal_turn()
            with request.env.cr.savepoint():
                self.request_sudo._run_portal_act(typed("_act", 50), by=self.by)
        except UserError as refused:
            return self.show(notice=str(refused))
        return self._done("fait")

    def download(self, line_id):
        """A document given with this request, by the person who gave it."""
        giver = self.by or self.request_sudo.applicant_id.browse()
        line_sudo = self.request_sudo.document_line_ids.filtered(
            lambda line: line.id == line_id and line._is_given_by(giver)
        )
        document_sudo = line_sudo.document_id.with_context(bin_size=False)
        if not document_sudo.file:
            raise NotFound()
        return make_answer(
            base64.b64decode(document_sudo.file), document_sudo.name, document_sudo.mimetype
        )

    def download_attachment(self, attachment_id):
        """A file of a message that the applicant reads; never one of an internal note."""
        messages_sudo = self.request_sudo._get_messages_for_applicant()
        attachment_sudo = messages_sudo.attachment_ids.filtered(
            lambda attachment: attachment.id == attachment_id
        )
        if not attachment_sudo:
            raise NotFound()
        return make_answer(attachment_sudo.raw, attachment_sudo.name, attachment_sudo.mimetype)

    def download_acknowledgment(self):
        """What she asked and answered, to keep; else the file of the first message of the
        service; her page when there is none."""
        try:
            summary = self._draw_summary()
        except TooManyRequests:
            summary = None
        except UserError:
            _logger.exception("The summary of %s was not drawn", self.request_sudo.number)
            summary = None
        if summary:
            return make_answer(summary["content"], summary["name"], "application/pdf")
        sent_sudo = self.request_sudo._get_messages_for_applicant().filtered(
            lambda message: message.message_type == "auto_comment"
        )[:1]
        attachment_sudo = sent_sudo.attachment_ids[:1]
        if not attachment_sudo:
            return request.redirect(self.base_url, code=303)
        return self.download_attachment(attachment_sudo.id)

    def _draw_summary(self):
        guard = request.env["public.guard"]
        guard._hit("procedure.summary", str(self.request_sudo.id), SUMMARIES_AN_HOUR, 3600)
        return self.request_sudo._get_summary_file()

    def _refuse_expired(self):
        if is_csrf_valid():
            return ""
        return request.env._(
            "This page stayed open for too long. Check what you typed and send it again."
        )

    def _done(self, what, anchor=""):
        return request.redirect(f"{self.base_url}?fait={what}{anchor}", code=303)

    def get_notice(self, what):
        """The sentence after a redirection; what the address says is never printed."""
        if text(what, 20) == "recu" and self.request_sudo.state == "to_complete":
            return request.env._("Well received, thank you. What is below is still missing.")
        return self.request_sudo._get_portal_notices().get(text(what, 20), "")


def get_key(name):
    """Of the question, from the name of one of its inputs."""
    return name.removeprefix("_rows.").partition(".")[0]
