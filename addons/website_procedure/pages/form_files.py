"""The files given with a form before it leaves: kept, seen again, replaced, taken back."""

import base64

from odoo.exceptions import UserError

from odoo.addons.website_parts.tools.upload import MEGABYTE, check_upload, show_size
from odoo.addons.website_parts.tools.web import number, text

from .form_reading import MAX_FILES, get_kinds

# What visitors of one address give in a day: it is kept for two days whoever comes back.
MEGABYTES_A_DAY = 1000
DAY = 86400


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
        for upload in self.posted.uploads(field.key):
            name = text(upload.filename, 100)
            kept = self._get_kept(field.key)
            former = kept.filtered(lambda file: file.id in self.replaced)[:1]
            try:
                checked = check_upload(self.env, upload, self.visit.sender, get_kinds(field))
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
            return self.env._(
                "One file only for this question: “%(name)s” was not kept.", name=name
            )
        return self.env._(
            "%(maximum)s files at most for this question: “%(name)s” was not kept.",
            maximum=maximum,
            name=name,
        )

    def _keep_file(self, field, checked):
        """:raise FileNotKept: nothing of it is left"""
        if not self.visit.is_signed_in:
            self.env["public.guard"]._hit(
                "procedure.begun.size",
                self.visit.sender,
                MEGABYTES_A_DAY,
                DAY,
                by=-(-checked["size"] // MEGABYTE),
            )
        self.ensure_pending()
        with self.env.cr.savepoint():
            self.env["website.procedure.pending.file"].sudo().create(
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
        wanted = {number(each) for each in self.posted.texts("_replaces", 20)}
        pressed = self.posted.text("_replace", 20)
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
            "size": show_size(self.env, file.size),
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
                if not file.document_id
            ]
            for key, files in self.pending._files_by_key().items()
        }

    def get_file_counts(self):
        """In the shape of the files themselves, when only their number matters."""
        return {
            key: [file for file in files if not file.document_id]
            for key, files in self.pending._files_by_key().items()
        }
