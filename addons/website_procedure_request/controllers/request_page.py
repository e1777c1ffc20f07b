"""What the applicant reads about a request, signed in or with a number and a code."""

from odoo.http import request

from odoo.addons.procedure_form import engine
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.item import make_item
from odoo.addons.website_parts.tools.upload import MIMETYPES, get_file_help
from odoo.addons.website_parts.tools.web import Visit

from ..pages.slots import MESSAGE_SLOT, make_slot
from .request_messages import get_thread


def get_asked(request_sudo, by, errors=None, raw=None, files=None):
    """The items asked now, each with the input by which it is answered.

    :param files: `RequestFiles`, what was already given of them
    """
    page = request_sudo.procedure_id._make_form_page(Visit.from_request(), request_sudo.version_id)
    page.is_asked_again = True
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
    files = files or request_sudo._make_given_files(Visit.from_request(), by, base_url)
    # Who has no account gave what nobody is named to have given.
    person = by or request_sudo.applicant_id.browse()
    if request_sudo.state == "to_complete":
        asked, page = get_asked(request_sudo, person, errors, raw, files)
    until = [item["date_due"] for item in asked if item["date_due"]]
    messages, has_older, letters = get_thread(request_sudo, base_url, by, everything)
    return {
        **request_sudo._prepare_portal_values(base_url, by),
        "asked": asked,
        "asked_until": show_day(request.env, min(until)) if until else "",
        "asked_promise": request_sudo._get_asked_promise(),
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
        **prepare_message_fields(message, message_error, piece_error, files),
        "once": request.env["public.guard"]._form_token("procedure.message"),
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
