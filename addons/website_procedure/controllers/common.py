"""What the pages share: nothing that a browser sends is trusted to be of the right shape."""

from werkzeug.exceptions import NotFound

from odoo.http import request

LIMIT_LINE = 500
LIMIT_TEXT = 20_000


def text(value, limit=LIMIT_LINE):
    """What was typed, as one string that the database accepts; a file or a list is nothing."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").strip()[:limit]


def number(value, default=0, maximum=2**31 - 1):
    """A number of the address or of a form; too big for the database is no number."""
    value = text(value, 20)
    if not value.isascii() or not value.isdecimal():
        return default
    return int(value) if int(value) <= maximum else default


def typed(key, limit=LIMIT_TEXT):
    """A field of the posted form, never of the address."""
    return text(request.httprequest.form.get(key), limit)


def typed_list(key, limit=LIMIT_TEXT):
    values = request.httprequest.form.getlist(key)[:200]
    return [text(value, limit) for value in values]


def uploads(key):
    """The files really chosen: an empty file input sends a part without a name."""
    return [file for file in request.httprequest.files.getlist(key) if file.filename]


def get_procedure(slug):
    """A published procedure, in superuser mode: the domain is the check."""
    Procedure_sudo = request.env["procedure.procedure"].sudo()
    found_sudo = Procedure_sudo.search(
        Procedure_sudo._get_public_domain() & Procedure_sudo._slug_domain(text(slug)), limit=5
    )
    if not found_sudo:
        raise NotFound()
    # An address given up by one procedure and taken by another is the other's.
    return found_sudo.filtered(lambda procedure: procedure.slug == slug) or found_sudo[0]


def is_signed_in():
    return not request.env.user._is_public()


def get_sender():
    """Whose tries are counted: an account, else the address, which many people may share."""
    if is_signed_in():
        return f"account {request.env.uid}"
    return request.httprequest.remote_addr


def is_csrf_valid():
    """Checked by hand: core's refusal is a bare page where everything typed is lost."""
    return request.validate_csrf(typed("csrf_token"))


def not_cached(response):
    """Pages about one person stay in no cache and in no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def answer_json(values, status):
    """To a script of ours."""
    return not_cached(request.make_json_response(values, status=status))
