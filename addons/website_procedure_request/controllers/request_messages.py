"""What the applicant and the service wrote to each other about a request."""

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.web import number

SHOWN = 20


def get_thread(request_sudo, base_url, by=None, everything=False):
    """What both wrote and what the service sent: (messages, whether there are older, letters).

    The number of queries does not depend on how many messages there are.
    """
    all_sudo = request_sudo._get_messages_for_applicant()
    domain = Domain("id", "in", all_sudo.ids)
    is_letter = Domain("message_type", "=", "auto_comment")
    limit = None
    if not everything:
        limit = max(SHOWN, number(request.params.get("messages"), SHOWN, 10_000))
    messages_sudo = all_sudo.search(domain & ~is_letter, order="id desc", limit=limit and limit + 1)
    has_older = bool(limit) and len(messages_sudo) > limit
    messages = [
        {
            **describe_author(request_sudo, message, by),
            "date": show_moment(request.env, message.date, with_time=True),
            "body": message.body,
            "files": describe_files(message, base_url),
        }
        for message in reversed(messages_sudo[:limit])
    ]
    letters = [
        {
            "date": show_moment(request.env, message.date),
            "subject": tidy_subject(request_sudo, message),
            "body": message.body,
            "files": describe_files(message, base_url),
        }
        for message in all_sudo.search(domain & is_letter, order="id desc")
    ]
    return messages, has_older, letters


def describe_author(request_sudo, message, by):
    """The person who reads, somebody else of her side, or the service: never an agent's name."""
    author = message.author_id
    service = request_sudo.service_id
    if author and author != by:
        is_staff = author.user_ids.filtered(lambda user: not user.share)
        if is_staff or author == service.partner_id:
            return {"is_me": False, "author": service.name or request.env._("The service")}
        if request_sudo.acting_for_id:
            return {"is_me": True, "author": request_sudo.acting_for_id.name}
    return {"is_me": True, "author": request.env._("You")}


def describe_files(message, base_url):
    return [
        {"name": file.name, "url": f"{base_url}/piece/{file.id}"} for file in message.attachment_ids
    ]


def tidy_subject(request_sudo, message):
    """The number is on top of the page already: not on each line."""
    subject = message.subject or request.env._("Message of the service")
    subject = subject.removeprefix(request_sudo.number or "").lstrip(" \xa0\u202f:,-–—")
    return subject[:1].upper() + subject[1:]
