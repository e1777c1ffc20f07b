"""The form of a version as its readers will see it."""

from types import SimpleNamespace

from odoo.addons.procedure_form import engine
from odoo.addons.public_guard.exceptions import TooManyRequests, UploadRefused
from odoo.addons.website_parts.tools.upload import check_upload
from odoo.addons.website_parts.tools.web import text

from .form_page import FormPage
from .form_reading import MAX_FILES, get_kinds


class PreviewPage(FormPage):
    """The same page; what the other one keeps in the database goes back to the browser."""

    is_preview = True
    has_check = False
    upload_url = choices_url = None
    # Where it is tried, when it is not by its number; until when.
    trial_url = None
    trial_end = None

    def __init__(self, procedure_sudo, visit, version_sudo):
        super().__init__(procedure_sudo, visit, version_sudo)
        self.partner = None
        self.is_embedded = visit.params.get("embed") == "1"
        self.files = {}

    @property
    def action_url(self):
        if self.trial_url:
            return self.trial_url
        end = "?embed=1" if self.is_embedded else ""
        return f"/demarches/apercu/{self.version.id}{end}"

    def take_in(self):
        self.raw = self.read_raw()
        for field in self.version.field_ids:
            if field._get_type().holds == "files":
                self._receive(field)
        self.read_page()

    def _receive(self, field):
        """Checked as a real one, then only its name goes on with the form."""
        names = [name for name in self.posted.texts(f"_file.{field.key}", 200) if name]
        if self.trial_url:
            # Of somebody without account nothing is opened nor counted: its name is enough.
            uploads = self.posted.uploads(field.key)[:MAX_FILES]
            names += [text(upload.filename, 100) for upload in uploads]
            self.files[field.key] = names[: min(field.max_files or 1, MAX_FILES)]
            return
        for upload in self.posted.uploads(field.key)[:MAX_FILES]:
            try:
                names.append(
                    check_upload(self.env, upload, self.visit.sender, get_kinds(field))["name"]
                )
            except (UploadRefused, TooManyRequests) as refused:
                self.errors[field.key] = f"{text(upload.filename, 100)}\xa0: {refused}"
        self.files[field.key] = names[: min(field.max_files or 1, MAX_FILES)]

    def _get_kept(self, key):
        return [SimpleNamespace(id=None, name=name, size=0) for name in self.files.get(key, ())]

    def get_file_counts(self):
        return {key: names for key, names in self.files.items() if names}

    @property
    def carried(self):
        yield from super().carried
        for key, names in self.files.items():
            for name in names:
                yield f"_file.{key}", name

    def _prepare_identity_section(self):
        """Asked of visitors in every form: not a question of this one."""
        return {"label": "", "fields": []}

    def _get_records(self, field, answers):
        """Who has no family here sees what a family would."""
        names = field._get_type().get_examples(self.env)
        if names:
            return [(str(index), name) for index, name in enumerate(names, 1)]
        return super()._get_records(field, answers)

    def check(self):
        """(typed answers, sentences by key), as filing would say them."""
        Request_sudo = self.env["procedure.request"].sudo()
        answers, problems = engine.validate(
            self.get_engine_fields(),
            self.raw,
            file_counts={key: len(names) for key, names in self.files.items()},
            **self.get_lookups(),
        )
        types = {field.key: field.type for field in self.version.field_ids}
        return answers, Request_sudo._get_error_sentences(types, problems)

    def get_lookups(self):
        lookups = super().get_lookups()
        find = lookups["find_record"]

        def find_record(asked, wanted, answers):
            field = self._fields_by_key[asked.key]
            if not field._get_type().get_examples(self.env):
                return find(asked, wanted, answers)
            label = dict(self._get_records(field, answers)).get(wanted)
            return {"id": int(wanted), "label": label} if label else None

        return {**lookups, "find_record": find_record}

    def show_answers(self, answers):
        """(section, rows) as the agents read them; this request is never saved."""
        draft_sudo = (
            self.env["procedure.request"]
            .sudo()
            .new(
                {
                    "procedure_id": self.procedure.id,
                    "version_id": self.version.id,
                    "answers": answers,
                }
            )
        )
        return draft_sudo._get_answer_sections()
