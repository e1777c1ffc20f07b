"""What the applicant reads about a request, signed in or with a number and a code."""

import binascii

from odoo import fields
from odoo.http import content_disposition, request
from odoo.tools.misc import format_date, hash_sign, verify_hash_signed

from odoo.addons.procedure import engine

from .common import text
from .form_page import FormPage

ACKNOWLEDGMENT = "website_procedure.acknowledgment"
ACKNOWLEDGMENT_HOURS = 24 * 30
DECIDED = ("accepted", "accepted_conditionally", "refused", "dropped", "cancelled")


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


def show_moment(moment, with_time=False):
    """A date-time of the database, as people say it."""
    if not moment:
        return ""
    local = fields.Datetime.context_timestamp(request.env.user, moment)
    shown = format_date(request.env, local.date(), date_format="d MMMM y")
    if with_time:
        shown = request.env._(
            "%(date)s, %(time)s", date=shown, time=f"{local.hour}\xa0h\xa0{local.minute:02}"
        )
    return shown


def show_date(day):
    return format_date(request.env, day, date_format="EEEE d MMMM y") if day else ""


def get_tag(state):
    """A word and a tone: the colour never speaks alone."""
    return {
        "draft": {"tone": "neutre", "label": request.env._("Begun")},
        "submitted": {"tone": "cours", "label": request.env._("Sent")},
        "in_review": {"tone": "cours", "label": request.env._("We are looking at it")},
        "to_complete": {"tone": "moi", "label": request.env._("Your turn to answer")},
        "waiting_list": {"tone": "cours", "label": request.env._("On the waiting list")},
        "accepted": {"tone": "ok", "label": request.env._("Accepted")},
        "accepted_conditionally": {
            "tone": "ok",
            "label": request.env._("Accepted, with conditions"),
        },
        "refused": {"tone": "non", "label": request.env._("Refused")},
        "dropped": {"tone": "neutre", "label": request.env._("Closed without an answer")},
        "cancelled": {"tone": "neutre", "label": request.env._("Cancelled by you")},
        "closed": {"tone": "ok", "label": request.env._("Finished")},
    }[state]


def get_timeline(request_sudo):
    state = request_sudo.state
    service = request_sudo.service_id.name or request.env._("The service")
    since = request_sudo.state_date
    decision = request_sudo.decision_ids.filtered("active")[:1]
    steps = [
        {
            "when": "done",
            "title": request.env._("You sent the request"),
            "text": show_moment(request_sudo.date_submitted, with_time=True),
        }
    ]
    due = ""
    if request_sudo.date_due:
        due = request.env._("Before %(date)s", date=show_date(request_sudo.date_due))
    study = {"when": "next", "icon": "search", "title": request.env._("We look at the request")}
    answer = {"when": "next", "title": request.env._("You get the answer"), "text": due}
    if state == "submitted":
        steps.append(
            {
                "when": "now",
                "title": request.env._("The service will read it"),
                "text": ". ".join(filter(None, (service, due))),
            }
        )
        return [*steps, study, {**answer, "text": ""}]
    if state == "in_review":
        now = request.env._("We are looking at the request")
        text_now = request.env._("Since %(date)s", date=show_moment(since))
        return [*steps, {"when": "now", "title": now, "text": text_now}, answer]
    if state == "to_complete":
        now = {
            "when": "now",
            "icon": "pencil",
            "title": request.env._("We are waiting for your answer"),
            "text": request.env._(
                "Since %(date)s. The request stays open, nothing is lost.", date=show_moment(since)
            ),
        }
        return [*steps, now, study, {**answer, "text": ""}]
    if state == "waiting_list":
        now = request.env._("Your request is on the waiting list")
        text_now = request.env._("Since %(date)s", date=show_moment(since))
        return [*steps, {"when": "now", "title": now, "text": text_now}, {**answer, "text": ""}]
    decided = decision.kind if decision else state
    if state == "closed":
        if decision:
            steps.append(get_decision_step(decided, decision.date))
        last = {"when": "now", "icon": "check", "title": request.env._("It is finished")}
        return [*steps, {**last, "text": show_moment(since)}]
    return [*steps, {**get_decision_step(decided, decision.date or since), "when": "now"}]


def get_decision_step(kind, moment):
    titles = {
        "accepted": request.env._("Your request is accepted"),
        "accepted_conditionally": request.env._("Your request is accepted, with conditions"),
        "implicit_accepted": request.env._("Your request is accepted: the delay is over"),
        "refused": request.env._("Your request is refused"),
        "implicit_refused": request.env._("Your request is refused: the delay is over"),
        "dropped": request.env._("Your request is closed without an answer"),
        "cancelled": request.env._("You cancelled the request"),
    }
    return {
        "when": "done",
        "icon": "check" if "accepted" in kind else "x",
        "title": titles[kind],
        "text": show_moment(moment),
    }


def get_decision(request_sudo):
    decision = request_sudo.decision_ids.filtered("active")[:1]
    if not decision or request_sudo.state == "cancelled":
        return None
    is_refusal = decision.kind in ("refused", "implicit_refused")
    return {
        "sentence": get_decision_step(decision.kind, decision.date)["title"]
        + f" ({show_moment(decision.date)})",
        "reasons": decision.reasons,
        "conditions": decision.conditions,
        "is_refusal": is_refusal,
        "appeal": is_refusal and request_sudo._acknowledgment_values().get("appeal_text"),
    }


def get_asked(request_sudo, errors=None, raw=None):
    """The items asked now, each with the input by which it is answered."""
    page = FormPage(request_sudo.procedure_id, request_sudo.version_id)
    page.errors = errors or {}
    items = request_sudo._get_asked_items()
    page.raw = get_raw(request_sudo, items) if raw is None else raw
    asked = []
    for item in items:
        documents = item["lines"].document_id
        entry = {
            "label": item["label"],
            "name": ", ".join(documents.mapped("name")),
            "refused": bool(documents),
            "date_due": item["date_due"],
        }
        if item["type"] == "file":
            entry["fields"] = [page.prepare_upload(item)]
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


def get_documents(request_sudo, base_url):
    states = {
        "to_provide": request.env._("expected"),
        "received": request.env._("received"),
        "accepted": request.env._("accepted"),
        "refused": request.env._("not accepted"),
        "expired": request.env._("out of date"),
    }
    return [
        {
            "name": line.document_id.name,
            "label": line.label,
            "state": states[line.state],
            "url": f"{base_url}/fichier/{line.id}" if line.document_id.file else None,
        }
        for line in request_sudo.document_line_ids.with_context(bin_size=True)
        if line.document_id
    ]


def get_messages(request_sudo, base_url):
    """(messages both ways, what the service said at each step)"""
    messages, history = [], []
    for message in request_sudo._get_messages_for_applicant():
        if message.message_type == "auto_comment":
            history.append(
                {
                    "date": show_moment(message.date, with_time=True),
                    "text": message.subject or request.env._("Message of the service"),
                    "body": message.body,
                }
            )
            continue
        service = request_sudo.service_id.name or request.env._("The service")
        is_me = not message.author_id.user_ids.filtered(lambda user: not user.share)
        messages.append(
            {
                "is_me": is_me,
                "author": request.env._("You") if is_me else service,
                "date": show_moment(message.date, with_time=True),
                "body": message.body,
                "files": [
                    {"name": file.name, "url": f"{base_url}/piece/{file.id}"}
                    for file in message.attachment_ids
                ],
            }
        )
    return messages, history


def prepare_request(request_sudo, base_url, errors=None, raw=None, message="", message_error=None):
    """Everything that the page prints. Who may read it was checked by the caller."""
    asked, page = [], None
    if request_sudo.state == "to_complete":
        asked, page = get_asked(request_sudo, errors, raw)
    until = [item["date_due"] for item in asked if item["date_due"]]
    messages, history = get_messages(request_sudo, base_url)
    is_open = request_sudo.state in request_sudo._get_open_states()
    concerned = request_sudo.acting_for_id | request_sudo.subject_ids
    answers = [
        (label, value)
        for _section, rows in request_sudo._get_answer_sections()
        for label, value, _key in rows
    ]
    return {
        "title": request_sudo.procedure_id.name,
        "number": request_sudo.number,
        "sent_on": show_moment(request_sudo.date_submitted),
        "tag": get_tag(request_sudo.state),
        "sentence": request_sudo._status_sentence(),
        "timeline": get_timeline(request_sudo),
        "decision": get_decision(request_sudo),
        "asked": asked,
        "asked_until": show_date(min(until)) if until else "",
        "asked_page": page,
        "messages": messages,
        "history": history,
        "can_write": request_sudo.state != "closed" or bool(messages),
        "message_field": {
            "id": "message",
            "name": "message",
            "label": request.env._("Your message"),
            "required": True,
            "help": request.env._("The service answers on working days."),
            "value": message,
            "error": message_error,
            "describedby": "message-a message-e" if message_error else "message-a",
        },
        "once": request.env["public.guard"]._form_token("procedure.message"),
        "applicant": request_sudo.applicant_name,
        "concerns": ", ".join(concerned.mapped("name")),
        "answers": answers,
        "documents": get_documents(request_sudo, base_url),
        "can_cancel": is_open,
        "service": request_sudo.service_id,
        "acknowledgment_url": get_acknowledgment_url(request_sudo),
        "space_label": request.env._("My space"),
        "list_label": request.env._("My requests"),
        "follow_label": request.env._("Follow a request"),
    }


def prepare_acknowledgment(request_sudo, is_mine, code=None):
    """The words and the mentions of the law are those of the mail."""
    url = f"/suivi/{request_sudo.number}"
    if request_sudo.applicant_id:
        url = f"/my/demandes/{request_sudo.id}"
    values = request_sudo._acknowledgment_values(code)
    return {
        "number": request_sudo.number,
        "email": request_sudo.applicant_email if is_mine or not request_sudo.applicant_id else "",
        "follow_url": url,
        "body": request.env["ir.qweb"]._render("procedure.acknowledgment_body", values),
    }


def make_download(content, name, mimetype):
    """Always a download, never a page of our site: what people send is not ours."""
    headers = [
        ("Content-Type", mimetype or "application/octet-stream"),
        ("Content-Disposition", content_disposition(name or "document")),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ("Cache-Control", "private, no-store"),
    ]
    return request.make_response(content, headers)
