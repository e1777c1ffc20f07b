"""Files given with a form, seen again by the person who gave them."""

import base64

from werkzeug.exceptions import NotFound

from odoo.http import content_disposition, request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import get_sender, number

LOOKS_AN_HOUR = 600
# Nothing runs in them: the rest is a download. Browsers show a picture, or a PDF, in a page of
# their own, which has styles; the reader of PDFs of Chromium stays empty in a sandbox.
SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    "image/jpeg": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "image/png": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}


def find_file(pending_sudo, file_id):
    """One of the files of this form; that it is hers was checked by the caller."""
    file_sudo = pending_sudo.file_ids.filtered(lambda file: file.id == number(file_id))
    if not file_sudo:
        raise NotFound()
    return file_sudo


def show_file(file_sudo):
    """As it was kept. What people send is not ours: never a page of our site."""
    guard = request.env["public.guard"]
    try:
        guard._hit("procedure.look", get_sender(), LOOKS_AN_HOUR, 3600)
    except TooManyRequests as refused:
        return request.make_response(str(refused), [("Cache-Control", "no-store")], status=429)
    content = base64.b64decode(file_sudo.with_context(bin_size=False).content)
    return make_answer(content, file_sudo.name, file_sudo.mimetype, is_shown=True)


def show_thumbnail(file_sudo):
    thumbnail = file_sudo.with_context(bin_size=False).thumbnail
    if not thumbnail:
        raise NotFound()
    return make_answer(base64.b64decode(thumbnail), "vignette.jpg", "image/jpeg", is_shown=True)


def make_answer(content, name, mimetype, is_shown=False):
    """A file that somebody sent: a download, unless it is shown and its kind is harmless."""
    policy = is_shown and SHOWN.get(mimetype)
    disposition = content_disposition(name or "document", "inline" if policy else "attachment")
    headers = [
        ("Content-Type", mimetype or "application/octet-stream"),
        ("Content-Disposition", disposition),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", policy or "sandbox; default-src 'none'"),
        ("Cache-Control", "private, no-store"),
        ("X-Robots-Tag", "noindex"),
        ("Referrer-Policy", "same-origin"),
    ]
    return request.make_response(content, headers)
