import base64
from collections import Counter

from odoo import fields
from odoo.http import request

from odoo.addons.procedure import engine
from odoo.addons.public_guard.exceptions import TooManyRequests, UploadRefused

from .common import is_signed_in, number, text, typed, uploads
from .form_fields import AUTOCOMPLETE, FormFields
from .form_reading import MAX_FILES, check_upload, read_answers


class FormPage(FormFields):
    """One form being filled in: what was typed, the files kept, and what is wrong.

    The browser holds what was typed and sends it all each time; the files it sent before are in
    the pending record, found by the account or by the secret that the form carries.
    """

    def __init__(self, procedure_sudo, version_sudo=None):
        self.procedure = procedure_sudo
        self.version = version_sudo or procedure_sudo.version_id
        self.partner = request.env.user.partner_id if is_signed_in() else None
        # Whose draft is written; nobody's as long as a post is not known to be hers.
        self.owner = None
        self.Pending_sudo = request.env["website.procedure.pending"].sudo()
        self.pending = self.Pending_sudo
        self.claim = None
        self.raw = {}
        self.identity = {}
        self.acting_for = None
        self.errors = {}
        self.notice = ""
        self.origins = set()
        self.has_communes = False
        self.purpose = f"procedure.{procedure_sudo.id}"
        self.token = None

    # What was typed

    def load(self, claim=None):
        """Find again what was begun; else start from what the account knows."""
        claimed = self.Pending_sudo._find_claimed(self.procedure, claim)
        if self.partner:
            self.pending = self.Pending_sudo._find_draft(self.procedure, self.partner)
            if claimed and not claimed.email:
                # Begun before signing in, in this browser.
                self.pending = claimed._give_to(self.partner, self.pending)
        elif claimed:
            self.pending, self.claim = claimed, claim
        if self.pending:
            self.raw = dict(self.pending.answers or {})
            self.identity = dict(self.pending.identity or {})
            self.acting_for = self.pending.acting_for_id.id
        elif self.partner:
            self.raw = self._get_prefill()
            self.origins = set(self.raw)

    def read_post(self, is_trusted):
        """Take what was typed and keep the files that are accepted, whatever is wrong beside.

        A post that may come from another site touches no draft: what it brings is kept apart,
        under a secret that only the page which answers it holds.
        """
        claimed = self.Pending_sudo._find_claimed(self.procedure, typed("_claim", 100))
        if self.partner and is_trusted:
            self.owner = self.partner
            self.pending = self.Pending_sudo._find_draft(self.procedure, self.partner)
            if claimed.file_ids:
                self.ensure_pending()
                claimed.file_ids.write({"pending_id": self.pending.id})
            claimed.unlink()
        elif claimed:
            self.pending, self.claim = claimed, typed("_claim", 100)
        if not self.partner:
            self.identity = read_answers(self._get_identity_fields())
        self.raw = read_answers(self.version.field_ids)
        choices = [value for value, _label in self._get_acting_choices()]
        wanted = typed("_for", 20) if typed("_for", 20) in choices else ""
        self.acting_for = number(wanted or self._get_default_choice(choices)) or None
        self._remove_file(number(typed("_remove", 20)))
        for field in self.version.field_ids:
            if field.type == "file":
                self._receive(field)

    def _receive(self, field):
        """Check and keep each file sent for this field; a refused one gets its sentence."""
        sent = uploads(field.key)
        kept = len(self._get_kept(field.key))
        for position, upload in enumerate(sent):
            if kept + position >= min(field.max_files or 1, MAX_FILES):
                self.errors[field.key] = request.env._(
                    "%(maximum)s file(s) at most here. “%(name)s” was not kept.",
                    maximum=field.max_files or 1,
                    name=text(upload.filename, 100),
                )
                return
            try:
                checked = check_upload(upload, field)
            except (UploadRefused, TooManyRequests) as refused:
                self.errors[field.key] = f"{text(upload.filename, 100)}\xa0: {refused}"
                continue
            self.ensure_pending()
            request.env["website.procedure.pending.file"].sudo().create(
                {
                    "pending_id": self.pending.id,
                    "field_key": field.key,
                    "name": checked["name"],
                    "mimetype": checked["mimetype"],
                    "size": checked["size"],
                    "sha256": checked["sha256"],
                    "content": base64.b64encode(checked["content"]),
                }
            )

    def _remove_file(self, file_id):
        if file_id:
            self.pending.file_ids.filtered(lambda file: file.id == file_id).unlink()

    def _get_kept(self, key):
        return self.pending.file_ids.filtered(lambda file: file.field_key == key)

    def ensure_pending(self):
        if not self.pending:
            self.pending, self.claim = self.Pending_sudo._start(self.procedure, self.owner)

    def keep(self, **values):
        """Write down what is typed, so that another page or another day finds it."""
        self.ensure_pending()
        self.pending._keep(
            answers=self.raw,
            identity=self.identity,
            acting_for_id=self.acting_for or False,
            **values,
        )

    def _get_prefill(self):
        """Raw values by input name, from the account; the form says where they come from."""
        return self.procedure._get_prefill(self.partner) if self.partner else {}

    def _get_default_choice(self, choices):
        """The first one; between several children nobody chooses for the parent."""
        several_children = self.procedure.applicant_kinds == "child" and len(choices) > 1
        return "" if several_children else (choices or [""])[0]

    @property
    def needs_choice(self):
        """A procedure for organisations or for children, and a person who acts for none."""
        return bool(self.partner) and not self._get_acting_choices()

    def _get_acting_choices(self):
        """Self, the children I may act for, the organisations whose delegate I am."""
        if not self.partner:
            return []
        kinds = self.procedure.applicant_kinds
        choices = []
        for partner_sudo in self.partner._acting_for_choices().sudo():
            is_person = partner_sudo.kind == "person" or not partner_sudo.kind
            if kinds in ("person", "child") and not is_person:
                continue
            if kinds == "organisation" and is_person:
                continue
            if kinds == "child" and partner_sudo == self.partner:
                continue
            name = partner_sudo.name or ""
            if partner_sudo == self.partner:
                name = request.env._("Myself (%(name)s)", name=name)
            choices.append((str(partner_sudo.id), name))
        return choices

    def get_files(self):
        """What the request takes over, by key of the field."""
        return {
            key: [
                {
                    "name": file.name,
                    "mimetype": file.mimetype,
                    "size": file.size,
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

    def get_acting(self):
        """(organisation, children) for whom it is done; nothing for oneself."""
        chosen = request.env["res.partner"].browse(self.acting_for or [])
        if not self.partner or chosen == self.partner:
            return None, None
        if chosen.sudo().kind == "person":
            return None, chosen
        return chosen, None

    def is_same(self, request_sudo):
        """Whether this request says what the form says: then sending twice was a slip.

        The files kept for the form went with the request: only those sent again are compared.
        """
        lines_sudo = request_sudo.document_line_ids
        form_fields = request_sudo.version_id.field_ids._to_engine()
        answers, _errors = engine.validate(
            form_fields if self.partner else engine.without_account(form_fields),
            self.raw,
            file_counts=Counter(lines_sudo.mapped("field_key")),
            today=fields.Date.context_today(request_sudo),
            **request_sudo._get_lookups(self.partner),
        )
        identity = {}
        if not self.partner:
            identity, _errors = request_sudo._prepare_identity(self.identity, "web")
        acting_for, subjects = self.get_acting()
        nobody = request.env["res.partner"]
        chosen = request_sudo._get_answered_persons(request_sudo.version_id, answers)
        return (
            request_sudo.answers == answers
            and request_sudo.applicant_id == (self.partner or nobody)
            and request_sudo.acting_for_id == (acting_for or nobody)
            and request_sudo.subject_ids == (subjects or nobody) | chosen
            and all(
                (request_sudo[name].id if name.endswith("_id") else request_sudo[name]) == value
                for name, value in identity.items()
            )
            and set(self.pending.file_ids.mapped("sha256"))
            <= set(lines_sudo.document_id.mapped("sha256"))
        )

    # What is shown

    @property
    def catalogue_label(self):
        return request.env._("Procedures")

    @property
    def title(self):
        if self.errors:
            return request.env._("Error: %(name)s", name=self.procedure.name)
        return self.procedure.name

    @property
    def error_list(self):
        """In the order of the page: (id of the field, sentence that names it)."""
        labels = {}
        for section in self.sections:
            for field in section["fields"]:
                labels[field["error_key"]] = (field["id"], field["label"])
        listed = []
        for key, (field_id, label) in labels.items():
            if self.errors.get(key):
                listed.append((field_id, f"{label.rstrip(' ?')}\xa0: {self.errors[key]}"))
        listed += [(None, message) for key, message in self.errors.items() if key not in labels]
        return listed

    def error_list_of(self, asked):
        """The same, for the items that a service asks."""
        for entry in asked:
            for field in entry["fields"]:
                if field.get("error"):
                    yield field["id"], f"{entry['label']}\xa0: {field['error']}"

    @property
    def communes(self):
        """Names proposed while typing an address; any other place may be typed."""
        return request.env["territory.commune"].sudo().search([]).mapped("name")

    @property
    def sections(self):
        if not hasattr(self, "_sections"):
            self._sections = self._prepare_sections()
        return self._sections

    def _prepare_sections(self):
        sections = [self._prepare_identity_section()]
        current = None
        for field in self.version.field_ids:
            if field.type == "section":
                current = {"label": field.label, "help": field.help, "fields": []}
                current["condition"] = field
                sections.append(current)
                continue
            if current is None:
                current = {"label": request.env._("Your request"), "fields": []}
                sections.append(current)
            for item in self._prepare_field(field):
                if current.get("condition"):
                    self._add_condition(item, current["condition"])
                self._add_condition(item, field)
                current["fields"].append(item)
        return [section for section in sections if section["fields"]]

    def _prepare_identity_section(self):
        section = {"label": request.env._("You"), "fields": []}
        if self.partner:
            choices = self._get_acting_choices()
            if len(choices) > 1 or choices and choices[0][0] != str(self.partner.id):
                section["fields"].append(
                    self._item(
                        "_for",
                        widget="choice",
                        label=request.env._("I do this procedure for"),
                        required=True,
                        choices=choices,
                        values=[
                            str(
                                self.acting_for
                                or self._get_default_choice([value for value, _name in choices])
                            )
                        ],
                    )
                )
            return section
        more = {
            "contact_email": {
                "type": "email",
                "help": request.env._("We send a code there, then your number and the answer."),
            },
            "contact_phone": {
                "type": "tel",
                "help": request.env._("To reach you faster. Example: 06 39 98 00 00"),
                "width": "et-w2",
            },
            "contact_firstname": {"width": "et-w3"},
            "contact_lastname": {"width": "et-w3"},
        }
        for field in self._get_identity_fields():
            if field.type == "address":
                section["fields"] += self._prepare_address(field, {"required": field.required})
                continue
            section["fields"].append(
                self._item(
                    field.key,
                    label=field.label,
                    required=field.required,
                    value=self.identity.get(field.key),
                    autocomplete=AUTOCOMPLETE.get(field.key),
                    **more.get(field.key, {}),
                )
            )
        return section

    def _get_identity_fields(self):
        return request.env["procedure.request"]._get_identity_fields("web")
