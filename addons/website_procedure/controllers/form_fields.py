"""One dict for each input: a template draws it by its widget."""

import re

from markupsafe import Markup

from odoo.http import request

from .form_conditions import get_condition_sentence
from .form_reading import MAX_FILES, MIMETYPES, get_kinds, show_date, show_size

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


class FormFields:
    """The inputs of a form: a form page adds what was typed and what is wrong."""

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


def get_file_help(kinds):
    return request.env._(
        "%(kinds)s, 10 MB at most for each file.", kinds=", ".join(kind.upper() for kind in kinds)
    )
