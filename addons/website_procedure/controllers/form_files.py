"""The files given with a form before it leaves: kept, seen again, replaced, taken back."""

import base64

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.upload import MEGABYTE, check_upload, show_size
from odoo.addons.website_parts.tools.web import (
    get_sender,
    is_signed_in,
    number,
    text,
    typed,
    typed_list,
    uploads,
)

from .form_reading import MAX_FILES, get_kinds

# What visitors of one address give in a day: it is kept for two days whoever comes back.
MEGABYTES_A_DAY = 1000
DAY = 86400
LOOKS_AN_HOUR = 600
# Nothing runs in them: the rest is a download. Browsers show a picture, or a PDF, in a page of
# their own, which has styles; the reader of PDFs of Chromium stays empty in a sandbox.
SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    "image/jpeg": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "image/png": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}


class FormFiles:
    """Part of `FormPage`: `pending` holds the files, `errors` what was refused of them."""

    # Where she looks at what she gave; None: nowhere.
    files_url = None
    # Files whose place the next ones take.
    replaced = frozenset()

    def _receive(self, field):
        """Check and keep each file sent for this field; a refused one gets its sentence.

        Sent again because the answer was lost, a file is there once.
        """
        maximum = min(field.max_files or 1, MAX_FILES)
        for upload in uploads(field.key):
            name = text(upload.filename, 100)
            kept = self._get_kept(field.key)
            former = kept.filtered(lambda file: file.id in self.replaced)[:1]
            try:
                checked = check_upload(request.env, upload, get_sender(), get_kinds(field))
                same = kept.filtered(lambda file, sha256=checked["sha256"]: file.sha256 == sha256)
                if not same:
                    if len(kept - former) >= maximum:
                        self.errors[field.key] = self._get_too_many_sentence(field, name)
                        return
                    self._keep_file(field, checked)
                self.replaced -= set(former.ids)
                (former - same).unlink()
            except UserError as refused:
                self.errors[field.key] = f"{name}\xa0: {refused}"

    def _get_too_many_sentence(self, field, name):
        maximum = min(field.max_files or 1, MAX_FILES)
        if maximum == 1:
            return request.env._(
                "One file only for this question: “%(name)s” was not kept.", name=name
            )
        return request.env._(
            "%(maximum)s files at most for this question: “%(name)s” was not kept.",
            maximum=maximum,
            name=name,
        )

    def _keep_file(self, field, checked):
        """:raise FileNotKept: nothing of it is left"""
        if not is_signed_in():
            request.env["public.guard"]._hit(
                "procedure.begun.size",
                get_sender(),
                MEGABYTES_A_DAY,
                DAY,
                by=-(-checked["size"] // MEGABYTE),
            )
        self.ensure_pending()
        with request.env.cr.savepoint():
            request.env["website.procedure.pending.file"].sudo().create(
                {
                    "pending_id": self.pending.id,
                    "field_key": field.key,
                    "name": checked["name"],
                    "mimetype": checked["mimetype"],
                    "size": checked["size"],
                    "pages": checked["pages"],
                    "sha256": checked["sha256"],
                    "content": base64.b64encode(checked["content"]),
                    "thumbnail": base64.b64encode(checked["thumbnail"]) or False,
                }
            )

    def _remove_file(self, file_id):
        if file_id:
            self.pending.file_ids.filtered(lambda file: file.id == file_id).unlink()

    def _read_replaced(self):
        """What the page said of them, then the button that was pressed: “-12” keeps file 12."""
        wanted = {number(each) for each in typed_list("_replaces", 20)}
        pressed = typed("_replace", 20)
        if pressed.startswith("-"):
            wanted.discard(number(pressed[1:]))
        else:
            wanted.add(number(pressed))
        self.replace(wanted)

    def replace(self, file_ids):
        self.replaced = frozenset(self.pending.file_ids.ids) & set(file_ids)

    def _get_kept(self, key):
        return self.pending.file_ids.filtered(lambda file: file.field_key == key)

    def describe_file(self, file):
        """What a page shows of it; see the template `kept_file`."""
        url = self.files_url and f"{self.files_url}/{file.id}"
        return {
            "id": file.id,
            "name": file.name,
            "size": show_size(request.env, file.size),
            "url": url,
            "picture": url and file.with_context(bin_size=True).thumbnail and f"{url}/vignette",
            "replaced": file.id in self.replaced,
        }

    def get_files(self):
        """What the request takes over, by key of the field."""
        return {
            key: [
                {
                    "name": file.name,
                    "mimetype": file.mimetype,
                    "size": file.size,
                    "pages": file.pages,
                    "sha256": file.sha256,
                    "content": base64.b64decode(file.with_context(bin_size=False).content),
                }
                for file in files
            ]
            for key, files in self.pending._files_by_key().items()
        }

    def get_file_counts(self):
        """In the shape of the files themselves, when only their number matters."""
        return {key: list(files) for key, files in self.pending._files_by_key().items()}


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
