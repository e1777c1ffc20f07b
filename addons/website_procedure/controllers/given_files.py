"""Files given with a form, seen again by the person who gave them."""

import base64

from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.file_answer import make_answer
from odoo.addons.website_parts.tools.web import get_sender, number

LOOKS_AN_HOUR = 600


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
    content = base64.b64decode(file_sudo._get_content() or b"")
    return make_answer(content, file_sudo.name, file_sudo.mimetype, is_shown=True)


def show_thumbnail(file_sudo):
    thumbnail = file_sudo.with_context(bin_size=False).thumbnail
    if not thumbnail:
        raise NotFound()
    return make_answer(base64.b64decode(thumbnail), "vignette.jpg", "image/jpeg", is_shown=True)
