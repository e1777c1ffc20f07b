import base64
import re
from collections import Counter

from markupsafe import Markup

from odoo import fields
from odoo.http import request
from odoo.tools import formatLang

from odoo.addons.procedure import engine
from odoo.addons.public_guard.exceptions import TooManyRequests, UploadRefused

from .common import is_signed_in, number, text, typed, typed_list, uploads

MAX_FILES = 20
MEGABYTE = 1024 * 1024
MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
}
ADDRESS_PARTS = ("street", "street2", "zip", "commune")
AUTOCOMPLETE = {
    "firstname": "given-name",
    "lastname": "family-name",
    "birthdate": "bday",
    "email": "email",
    "phone": "tel",
    "street": "street-address",
    "contact_firstname": "given-name",
    "contact_lastname": "family-name",
    "contact_email": "email",
    "contact_phone": "tel",
}
WIDTHS = {"integer": "et-w1", "date": "et-w2", "phone": "et-w2", "email": "et-w4"}


class FormPage:
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
        answers, _errors = engine.validate(
            request_sudo.version_id.field_ids._to_engine(),
            self.raw,
            file_counts=Counter(lines_sudo.mapped("field_key")),
            today=fields.Date.context_today(request_sudo),
            find_commune=request_sudo._find_commune,
        )
        identity = {}
        if not self.partner:
            identity, _errors = request_sudo._prepare_identity(self.identity, "web")
        acting_for, subjects = self.get_acting()
        nobody = request.env["res.partner"]
        return (
            request_sudo.answers == answers
            and request_sudo.applicant_id == (self.partner or nobody)
            and request_sudo.acting_for_id == (acting_for or nobody)
            and request_sudo.subject_ids == (subjects or nobody)
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

    def _item(self, name, error_key=None, **values):
        return make_item(name, self.errors, error_key, **values)

    def _prepare_field(self, field):
        """One dict for each input of this field; a template draws it by its widget."""
        values = {
            "label": field.label or "",
            "required": field.required,
            "help": self._get_help(field),
            "value": self.raw.get(field.key),
            "autocomplete": AUTOCOMPLETE.get(field.prefill),
            "width": WIDTHS.get(field.type),
        }
        prepare = getattr(self, f"_prepare_{field.type}", None)
        if prepare:
            return prepare(field, values)
        return [self._item(field.key, **values)]

    def _prepare_information(self, field, values):
        return [self._item(field.key, **{**values, "widget": "information"})]

    def _prepare_text(self, field, values):
        return [self._item(field.key, **{**values, "widget": "text"})]

    def _prepare_integer(self, field, values):
        return [self._item(field.key, **values, inputmode="numeric")]

    def _prepare_date(self, field, values):
        values["value"] = show_date(values["value"])
        return [self._item(field.key, **values, inputmode="numeric")]

    def _prepare_email(self, field, values):
        return [self._item(field.key, **values, type="email")]

    def _prepare_phone(self, field, values):
        return [self._item(field.key, **values, type="tel")]

    def _prepare_boolean(self, field, values):
        value = {"1": "1", "true": "1", "0": "0", "false": "0"}.get(
            str(values.pop("value") or "").lower()
        )
        values.update(
            widget="choice",
            values=[value],
            choices=[("1", request.env._("Yes")), ("0", request.env._("No"))],
        )
        return [self._item(field.key, **values)]

    def _prepare_selection(self, field, values):
        choices = [(option.value, option.label) for option in field.option_ids]
        if len(choices) > 7:
            values.update(widget="select", choices=choices)
        else:
            values.update(widget="choice", choices=choices, values=[values.pop("value")])
        return [self._item(field.key, **values)]

    def _prepare_multi_selection(self, field, values):
        chosen = values.pop("value") or []
        values.update(
            widget="choice",
            several=True,
            choices=[(option.value, option.label) for option in field.option_ids],
            values=chosen if isinstance(chosen, list) else [chosen],
        )
        return [self._item(field.key, **values)]

    def _prepare_commune(self, field, values):
        communes_sudo = request.env["territory.commune"].sudo().search([])
        values.update(
            widget="select",
            choices=[(commune.insee_code, commune.name) for commune in communes_sudo],
        )
        return [self._item(field.key, **values)]

    def _prepare_address(self, field, values):
        """Four inputs of one answer."""
        typed_values = {**self.identity, **self.raw}
        label = values.get("label")
        # The error is one for the whole address: it is said where something is missing.
        missing = [
            part for part in ("street", "commune") if not typed_values.get(f"{field.key}.{part}")
        ]
        error_part = (missing or ["street"])[0]
        items = []
        for part, name, autocomplete, more in (
            ("street", request.env._("Number and street"), "address-line1", {"width": "et-w4"}),
            (
                "street2",
                request.env._("More"),
                "address-line2",
                {"help": request.env._("Hamlet, building, floor")},
            ),
            (
                "zip",
                request.env._("Postcode"),
                "postal-code",
                {"width": "et-w1", "inputmode": "numeric"},
            ),
            (
                "commune",
                request.env._("Commune"),
                "address-level2",
                {"width": "et-w3", "list": "communes"},
            ),
        ):
            item = {
                "label": name,
                "required": values.get("required") and part in ("street", "commune"),
                "value": typed_values.get(f"{field.key}.{part}"),
                "autocomplete": autocomplete,
                **more,
            }
            if part == "street":
                item["help"] = values.get("help")
                item["label"] = f"{label}\xa0: {name.lower()}" if label else name
            if part == "commune":
                item["value"] = self._get_commune_name(item["value"])
                self.has_communes = True
            error_key = field.key if part == error_part else None
            items.append(self._item(f"{field.key}.{part}", error_key=error_key, **item))
        return items

    def _get_commune_name(self, value):
        """The address keeps the INSEE code; people read a name."""
        if value and re.fullmatch(r"\d[\dAB]\d{3}", value):
            commune_sudo = request.env["territory.commune"].sudo()._find_by_insee(value)
            return commune_sudo.name or value
        return value

    def _prepare_consent(self, field, values):
        return [self._item(field.key, **{**values, "widget": "consent"})]

    def _prepare_file(self, field, values):
        kinds = get_kinds(field)
        kept = self._get_kept(field.key)
        values.pop("value")
        values.update(
            widget="file",
            photo="jpg" in kinds,
            accept=",".join(MIMETYPES[kind] for kind in kinds),
            needed=field.required and not kept,
            room=min(field.max_files or 1, MAX_FILES) - len(kept),
            files=[
                {"id": file.id, "name": file.name, "size": show_size(file.size)} for file in kept
            ],
        )
        return [self._item(field.key, **values)]

    def prepare_upload(self, item):
        """The input of a document asked by the service; see `_get_asked_items`."""
        field = item["field"] or request.env["procedure.field"]
        kinds = get_kinds(field)
        return self._item(
            item["key"],
            widget="file",
            label=item["label"],
            required=True,
            help=get_file_help(kinds),
            photo="jpg" in kinds,
            accept=",".join(MIMETYPES[kind] for kind in kinds),
            needed=True,
            room=max(field.max_files, len(item["lines"]), 1),
        )

    def add_reason(self, item, reason):
        """Why it is asked, first, and tied to the input."""
        item["help"] = Markup("<strong>%s</strong> %s") % (reason or "", item.get("help") or "")
        described = item["describedby"] or ""
        if f"{item['id']}-a" not in described:
            item["describedby"] = f"{item['id']}-a {described}".strip()

    def _get_help(self, field):
        parts = [field.help] if field.help else []
        if field.type == "date":
            parts.append(request.env._("Example: 15/11/2026"))
        if field.type == "file":
            parts.append(get_file_help(get_kinds(field)))
        if field.key in self.origins or f"{field.key}.street" in self.origins:
            parts.append(request.env._("Taken from your account: correct it if it has changed."))
        return " ".join(parts) or None

    def _add_condition(self, item, field):
        """Without script everything is shown, with the sentence that says when to answer."""
        for condition in field.condition_ids:
            wanted = condition._to_engine()
            other = self.version.field_ids.filtered(lambda other, key=wanted.key: other.key == key)[
                :1
            ]
            item.setdefault("conditions", []).append(
                [wanted.key, wanted.operator, list(wanted.values)]
            )
            item.setdefault("condition_sentences", []).append(
                get_condition_sentence(other, wanted.operator, list(wanted.values))
            )


def make_item(name, errors, error_key=None, **values):
    """What a template needs to draw one input."""
    item = {
        "name": name,
        "id": f"f-{name.replace('.', '-')}",
        "error_key": error_key or name,
        "widget": "line",
        "required": False,
        "error": errors.get(error_key or name),
        **values,
    }
    described = [f"{item['id']}-a"] if item.get("help") else []
    described += [f"{item['id']}-e"] if item["error"] else []
    item["describedby"] = " ".join(described) or None
    return item


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


def get_condition_sentence(other, operator, values):
    if other.type in ("boolean", "consent"):
        names = {
            "1": request.env._("Yes"),
            "true": request.env._("Yes"),
            "0": request.env._("No"),
            "false": request.env._("No"),
        }
    else:
        names = {option.value: option.label for option in other.option_ids}
    answer = request.env._(" or ").join(
        f"«\xa0{names.get(value.lower(), names.get(value, value))}\xa0»" for value in values
    )
    question = (other.label or "").rstrip(" ?:")
    if operator in ("=", "in"):
        return request.env._(
            "If you answered %(answer)s to “%(question)s”:", answer=answer, question=question
        )
    if operator == "!=":
        return request.env._(
            "If you did not answer %(answer)s to “%(question)s”:", answer=answer, question=question
        )
    if operator == "not set":
        return request.env._("If you did not answer “%(question)s”:", question=question)
    return request.env._("If you answered “%(question)s”:", question=question)


def get_kinds(field):
    kinds = [kind.strip().lower() for kind in (field.accepted_kinds or "").split(",")]
    return [kind for kind in kinds if kind in MIMETYPES] or list(MIMETYPES)


def get_file_help(kinds):
    return request.env._(
        "%(kinds)s, 10 MB at most for each file.", kinds=", ".join(kind.upper() for kind in kinds)
    )


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
