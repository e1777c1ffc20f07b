"""What the applicant reads about a request, signed in or with a number and a code."""

import binascii

from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from odoo.addons.procedure import engine
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.upload import MIMETYPES, get_file_help
from odoo.addons.website_parts.tools.web import text

from .form_page import FormPage
from .request_files import MESSAGE_SLOT, RequestFiles, make_slot
from .request_messages import get_thread
from .request_progress import (
    REFUSALS,
    get_decision_title,
    get_next,
    get_tag,
    get_timeline,
    show_day,
    show_moment,
)

ACKNOWLEDGMENT = "website_procedure.acknowledgment"
ACKNOWLEDGMENT_HOURS = 24 * 30


def get_acknowledgment_url(request_sudo):
    token = hash_sign(
        request_sudo.env, ACKNOWLEDGMENT, request_sudo.id, expiration_hours=ACKNOWLEDGMENT_HOURS
    )
    return f"/demarches/{request_sudo.procedure_id.slug}/accuse/{token}"


def read_acknowledgment_token(token):
    """The request that this signed token names, in superuser mode: the signature is the check."""
    Request_sudo = request.env["procedure.request"].sudo()
    try:
        request_id = verify_hash_signed(Request_sudo.env, ACKNOWLEDGMENT, text(token, 1000))
    except (ValueError, IndexError, binascii.Error):
        return Request_sudo
    request_sudo = Request_sudo.browse(request_id or []).exists()
    return request_sudo.filtered(lambda request: not request.date_anonymised)


def get_decision(request_sudo):
    """The answer in force, and those that a reopening put aside."""
    if request_sudo.state == "cancelled":
        return None, []
    decisions = request_sudo.decision_ids
    former = [
        describe_decision(request_sudo, decision) for decision in decisions if not decision.active
    ]
    current = decisions.filtered("active")[:1]
    return current and describe_decision(request_sudo, current), former


def describe_decision(request_sudo, decision):
    is_refusal = decision.kind in REFUSALS
    title = get_decision_title(decision.kind)
    # Conditions are a refusal of the rest.
    has_appeal = is_refusal or decision.kind == "accepted_conditionally"
    return {
        "title": title,
        "date": show_moment(decision.date),
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "is_refusal": is_refusal,
        "appeal": has_appeal and request_sudo._get_appeal_text(decision.kind),
    }


def get_asked(request_sudo, by, errors=None, raw=None, files=None):
    """The items asked now, each with the input by which it is answered.

    :param files: `RequestFiles`, what was already given of them
    """
    page = FormPage(request_sudo.procedure_id, request_sudo.version_id)
    page.errors = errors or {}
    items = request_sudo._get_asked_items()
    page.raw = get_raw(request_sudo, items) if raw is None else raw
    asked = []
    for item in items:
        own = item["lines"].filtered(lambda line: line._is_given_by(by))
        entry = {
            "label": item["label"],
            "name": ", ".join(own.document_id.mapped("name")),
            "refused": bool(item["lines"].document_id),
            "date_due": item["date_due"],
            "reason": item["reason"],
        }
        if item["type"] == "file":
            entry["fields"] = [page.prepare_upload(item)]
            if files:
                files.add_to(entry["fields"][0], make_slot(item))
        else:
            entry["fields"] = page._prepare_field(item["field"])
            for field in entry["fields"]:
                field["required"] = True
        page.add_reason(entry["fields"][0], item["reason"])
        asked.append(entry)
    return asked, page


def get_raw(request_sudo, items):
    """The answers to correct, as they were given: a word is changed, not typed all again."""
    raw = {}
    for field in (item["field"] for item in items if item["type"] != "file"):
        if field.key in (request_sudo.answers or {}):
            raw.update(engine.to_raw(field._to_engine()[0], request_sudo.answers[field.key]))
    return raw


def get_documents(request_sudo, base_url, by):
    """All that the request holds. A file, down to its name, is for the person who gave it: another
    delegate of the organisation sees what was given, and what became of it."""
    tags = {
        "to_provide": {"tone": "moi", "label": request.env._("Expected")},
        "received": {"tone": "cours", "label": request.env._("Received")},
        "accepted": {"tone": "ok", "label": request.env._("Approved")},
        "refused": {"tone": "non", "label": request.env._("Not accepted")},
        "expired": {"tone": "non", "label": request.env._("Out of date")},
    }
    return [
        {
            "label": line.label,
            "tag": tags[line.state],
            "reason": get_document_reason(line),
            **describe_file(line, base_url, by),
        }
        for line in request_sudo.document_line_ids.with_context(bin_size=True)
        if line.document_id
    ]


def describe_file(line, base_url, by):
    if not line._is_given_by(by):
        return {"name": request.env._("Given by another delegate"), "url": None}
    document = line.document_id
    return {
        "name": document.name,
        "url": f"{base_url}/fichier/{line.id}" if document.file else None,
    }


def get_document_reason(line):
    """Why, and what to do when nobody has asked for another one yet."""
    if line.state == "refused":
        return line.reason or ""
    if line.state != "expired":
        return ""
    day = line.document_id.validity_date
    reason = line.reason or (
        request.env._("It was valid until %(date)s.", date=show_day(day)) if day else ""
    )
    if line.asked:
        return reason
    advice = request.env._("Send the new one with a message, or bring it to the service.")
    return f"{reason} {advice}".strip()


def prepare_request(
    request_sudo,
    base_url,
    by=None,
    errors=None,
    raw=None,
    message="",
    message_error=None,
    piece_error=None,
    everything=False,
    files=None,
):
    """Everything that the page prints. Who may read it was checked by the caller.

    :param files: `RequestFiles`, as the page that was sent left them
    :param everything: for the paper: all the messages, each letter unfolded
    """
    asked, page = [], None
    files = files or RequestFiles(request_sudo, by, base_url)
    # Who has no account gave what nobody is named to have given.
    person = by or request_sudo.applicant_id.browse()
    if request_sudo.state == "to_complete":
        asked, page = get_asked(request_sudo, person, errors, raw, files)
    until = [item["date_due"] for item in asked if item["date_due"]]
    messages, has_older, letters = get_thread(request_sudo, base_url, by, everything)
    decision, former = get_decision(request_sudo)
    sentences, link = get_next(request_sudo)
    due = show_day(request_sudo.date_due)
    is_due_said = bool(due) and any(due in sentence for sentence in sentences)
    is_open = request_sudo.state in request_sudo._get_open_states()
    concerned = request_sudo.acting_for_id | request_sudo.subject_ids
    return {
        "title": request_sudo.procedure_id.name,
        "number": request_sudo.number,
        "sent_on": show_moment(request_sudo.date_submitted),
        "tag": get_tag(request_sudo.state),
        "sentence": request_sudo.with_context(is_due_said=is_due_said)._status_sentence(),
        "other_parent": by and request_sudo._get_other_parent_sentence(by),
        "next": sentences,
        "next_link": link,
        "suggested": [
            (f"/demarches/{procedure.slug}", procedure.name)
            for procedure in request_sudo._get_suggested_procedures()
        ],
        "timeline": get_timeline(request_sudo),
        "decision": decision,
        "former_decisions": former,
        "asked": asked,
        "asked_until": show_day(min(until)) if until else "",
        "asked_page": page,
        "asked_message": request_sudo.completion_message,
        "asked_by": request.env._(
            "%(service)s writes to you:",
            service=request_sudo.service_id._get_name_said(is_first=True)
            or request.env._("The service"),
        ),
        "files": files,
        "messages": messages,
        "older_messages": has_older,
        "more_messages": len(messages) + 100,
        "letters": letters,
        "everything": everything,
        "can_write": request_sudo.state != "closed" or bool(messages),
        **prepare_message_fields(message, message_error, piece_error, files),
        "once": request.env["public.guard"]._form_token("procedure.message"),
        # Who filed for an organisation is not told to its other delegates.
        "applicant": request_sudo.applicant_name if person == request_sudo.applicant_id else "",
        "concerns": ", ".join(concerned.mapped("name")),
        "answers": request_sudo._get_answer_sections(),
        "documents": get_documents(request_sudo, base_url, person),
        "can_cancel": is_open,
        "service": request_sudo.service_id,
        "acknowledgment_url": get_acknowledgment_url(request_sudo),
        "space_label": request.env._("My space"),
        "list_label": request.env._("My requests"),
        "follow_label": request.env._("Follow a request"),
    }


def prepare_message_fields(message, message_error, piece_error, files):
    errors = {"message": message_error, MESSAGE_SLOT: piece_error}
    piece_field = make_item(
        MESSAGE_SLOT,
        errors,
        label=request.env._("A photo or a document with it"),
        help=get_file_help(request.env, list(MIMETYPES)),
        photo=True,
        accept=",".join(MIMETYPES.values()),
    )
    return {
        "message_field": make_item(
            "message",
            errors,
            label=request.env._("Your message"),
            required=True,
            help=request.env._("The service answers on working days."),
            value=message,
        ),
        "piece_field": files.add_to(piece_field, files.get_slots()[MESSAGE_SLOT]),
    }


def prepare_acknowledgment(request_sudo, is_mine, code=None):
    """The words and the mentions of the law are those of the mail."""
    url = f"/suivi/{request_sudo.number}"
    if request_sudo.applicant_id:
        url = f"/my/demandes/{request_sudo.id}"
    values = request_sudo._acknowledgment_values(code)
    return {
        "number": request_sudo.number,
        "code": code,
        "email": request_sudo.applicant_email if is_mine or not request_sudo.applicant_id else "",
        "follow_url": url,
        "body": request.env["ir.qweb"]._render("procedure.acknowledgment_body", values),
    }
