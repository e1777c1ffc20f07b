"""What a form sends: raw values as the engine takes them, and files that are checked."""

import re

from odoo.http import request
from odoo.tools import formatLang

from odoo.addons.procedure import engine
from odoo.addons.public_guard.exceptions import UploadRefused

from .common import text, typed, typed_list

MAX_FILES = 20
MEGABYTE = 1024 * 1024
MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
}
ADDRESS_PARTS = ("street", "street2", "zip", "commune")


def read_answers(form_fields):
    """Raw values by input name, as the engine takes them. Files are received apart."""
    raw = {}
    for field in form_fields:
        if field.type == "address":
            for part in ADDRESS_PARTS:
                raw[f"{field.key}.{part}"] = typed(f"{field.key}.{part}", 1000)
        elif field.type == "multi_selection":
            raw[field.key] = typed_list(field.key, 1000)
        elif field.type == "date":
            raw[field.key] = tidy_date(typed(field.key, 100))
        elif field.type not in (*engine.DISPLAY_TYPES, "file"):
            raw[field.key] = typed(field.key)
    return raw


def get_kinds(field):
    kinds = [kind.strip().lower() for kind in (field.accepted_kinds or "").split(",")]
    return [kind for kind in kinds if kind in MIMETYPES] or list(MIMETYPES)


def check_upload(upload, field=None):
    """One byte more than accepted is enough to know: a large file is not read whole."""
    guard = request.env["public.guard"]
    guard._hit("procedure.upload", request.httprequest.remote_addr, 120, 3600)
    maximum = 10 * MEGABYTE
    upload.stream.seek(0, 2)
    size = upload.stream.tell()
    upload.stream.seek(0)
    if size > maximum:
        raise UploadRefused(
            request.env._(
                "this file is %(size)s MB. The maximum is %(maximum)s MB: send a smaller photo.",
                size=-(-size // MEGABYTE),
                maximum=maximum // MEGABYTE,
            )
        )
    kinds = tuple(get_kinds(field)) if field else tuple(MIMETYPES)
    return guard._check_upload(text(upload.filename, 200), upload.read(), kinds, maximum)


def tidy_date(value):
    """15 11 2026, 15.11.2026 and 15-11-2026 are what people write."""
    match = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})", value)
    return f"{int(match[1]):02}/{int(match[2]):02}/{match[3]}" if match else value


def to_iso(value):
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", value)
    return f"{match[3]}-{match[2]}-{match[1]}" if match else value


def show_date(value):
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    return f"{match[3]}/{match[2]}/{match[1]}" if match else value


def show_size(size):
    if size >= MEGABYTE:
        return request.env._("%(size)s MB", size=formatLang(request.env, size / MEGABYTE, digits=1))
    return request.env._("%(size)s kB", size=max(1, size // 1024))
