import re

from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine.definition import INTEGER_MAX
from odoo.addons.procedure_form.engine.formula import rename_key
from odoo.addons.procedure_form.fields import OptionalInteger
from odoo.addons.territory_base import clock

from .procedure_field_choice import slug
from .procedure_field_difference import SETTINGS

# Settings that the builder writes as they are; `choices`, `conditions` and `key` need more.
PLAIN = (
    "label",
    "help",
    "required",
    "type",
    "condition_join",
    "require_join",
    "requirement_code",
    *SETTINGS,
)
# Rows of a field, in a snapshot of it.
ROWS = ("conditions", "require_conditions", "options")
TRANSLATED = ("label", "help", "pattern_message")


def get_translations(record, name):
    """Dict language -> words."""
    return record._fields[name]._get_stored_translations(record) or {}


def write_translations(record, name, translations):
    # The words of en_US are kept whatever the languages of the platform.
    installed = {"en_US"} | {code for code, _name in record.env["res.lang"].get_installed()}
    known = {lang: words for lang, words in (translations or {}).items() if lang in installed}
    if known:
        record.update_field_translations(name, known)


class ProcedureField(models.Model):
    _name = "procedure.field"
    _inherit = [
        "procedure.field",
        "procedure.field.catalogue",
        "procedure.field.choice",
        "procedure.field.difference",
    ]

    def builder_save(self, changes, base):
        """Write settings of one field.

        :param changes: dict setting -> value
        :param base: dict setting -> what the screen showed before: when somebody else has
            changed this setting since, nothing is written and the screen is told who and what
        """
        self.ensure_one()
        self.version_id._check_builder()
        before = self._get_builder_values()
        errors, conflicts = {}, {}
        for name, value in changes.items():
            if name not in before:
                raise UserError(self.env._("This setting does not exist."))
            if name in base and before[name] not in (base[name], value):
                conflicts[name] = {"value": before[name], "author": self.write_uid.sudo().name}
                continue
            try:
                with self.env.cr.savepoint():
                    self._write_setting(name, value)
                    self.env.flush_all()
            except UserError as error:
                errors[name] = str(error)
                self.env.invalidate_all()
        return {
            "field_id": self.id,
            "errors": errors,
            "conflicts": conflicts,
            "state": self.version_id._get_builder_state(),
        }

    def builder_try(self, text):
        """What the form would say of this answer: {"ok", "sentence"}. Nothing is stored."""
        self.ensure_one()
        self.version_id._check_builder(readonly=True)
        if not self._get_type().is_typed or not isinstance(text, str):
            raise UserError(self.env._("Try this question in the preview."))
        definition = engine.unconditional(self._to_engine()[0])
        communes = self.env["procedure.request"]._find_commune
        answers, errors = engine.validate(
            [definition], {self.key: text}, today=clock.today(), find_commune=communes
        )
        if problem := errors.get(self.key):
            return {"ok": False, "sentence": self._get_error_sentence(self.type, problem)}
        if self.key not in answers:
            return {"ok": True, "sentence": self.env._("No answer: the question is optional.")}
        return {
            "ok": True,
            "sentence": self.env._("Accepted: %s", self._format_answer(answers[self.key])),
        }

    # ------------------------------------------------------------
    # What the builder shows
    # ------------------------------------------------------------

    def _get_builder_values(self):
        """Every setting of a field, as the builder edits it."""
        self.ensure_one()
        values = {name: self._get_builder_value(name) for name in PLAIN}
        if self.validity_until:
            values["validity_until"] = self.validity_until.isoformat()
        for name in self._get_type().record_settings:
            values[name] = str(self[name].id or "")
        values["key"] = self.key
        values["choices"] = self.option_ids.sorted().mapped("label")
        free = self.option_ids.sorted().filtered("is_free")
        values["free_choices"] = ",".join(free.mapped("value"))
        values["conditions"] = self.condition_ids.sorted()._get_builder_rows()
        values["require_conditions"] = self.require_ids.sorted()._get_builder_rows()
        return values

    def _get_builder_value(self, name):
        """None for a limit that is not set: `False` would be equal to 0."""
        field, value = self._fields[name], self[name]
        if isinstance(field, OptionalInteger):
            return value
        return field.convert_to_read(value, self) or False

    def _get_builder_field(self):
        self.ensure_one()
        return {
            **self._get_builder_values(),
            "id": self.id,
            "block_key": self.block_key or False,
            "options": [
                {"value": option.value, "label": option.label, "is_free": option.is_free}
                for option in self.option_ids.sorted()
            ],
            "named_choices": [
                {"value": value, "label": label} for value, label in self._get_named_choices()
            ],
            "condition_sentence": self._get_condition_sentence(),
            "require_sentence": self._get_require_sentence(),
        }

    # ------------------------------------------------------------
    # What the builder writes
    # ------------------------------------------------------------

    def _write_setting(self, name, value):
        self.ensure_one()
        match name:
            case "key":
                self._rename_key(self._check_builder_key(value))
            case "choices":
                self._write_choices(value)
            case "free_choices":
                self._write_free_choices(value)
            case "conditions":
                self.condition_ids = self._prepare_conditions(value)
            case "require_conditions":
                self.require_ids = self._prepare_conditions(value)
            case "label":
                self._write_label(value)
            case _:
                if name in self._get_type().record_settings:
                    value = self._find_builder_record(name, value)
                if self._fields[name].type == "integer":
                    self._check_builder_number(value)
                self[name] = value

    def _find_builder_record(self, name, value):
        """Among those that the panel proposes to this person."""
        record_id = int(value) if str(value).isdigit() else 0
        return self.env[self._fields[name].comodel_name].search([("id", "=", record_id)])

    def _prepare_conditions(self, conditions):
        return [
            Command.clear(),
            *(
                Command.create(
                    {
                        "sequence": sequence,
                        "key": condition["key"],
                        "operator": condition["operator"],
                        "value": condition["value"],
                    }
                )
                for sequence, condition in enumerate(conditions)
            ),
        ]

    def _write_label(self, label):
        """A question that was never published takes its key from its words."""
        automatic = self._has_automatic_key()
        self.label = (label or "").strip()
        if automatic and self.label:
            self._rename_key(self._get_free_key())

    def _has_automatic_key(self):
        """Whether its key is still what the server made of its label, and nobody knows it."""
        made_of = slug(self.label or "")
        if self.label and not re.fullmatch(rf"(q_)?{made_of}(_[0-9]+)?", self.key):
            return False
        return not self._is_key_used_elsewhere()

    def _is_key_used_elsewhere(self):
        return bool(
            self.search_count(
                [
                    ("version_id.procedure_id", "=", self.version_id.procedure_id.id),
                    ("version_id", "!=", self.version_id.id),
                    ("key", "=", self.key),
                ],
                limit=1,
            )
        )

    def _get_free_key(self):
        """A key made of the label that no question of the procedure has or had."""
        others = self.version_id.procedure_id.version_ids.field_ids - self
        taken = set(others.mapped("key"))
        words = slug(self.label)
        first = key = words if words[0].isalpha() else f"q_{words}"
        count = 2
        while key in taken:
            key, count = f"{first}_{count}", count + 1
        return key

    def _check_builder_number(self, value):
        if value and not (isinstance(value, int) and abs(value) <= INTEGER_MAX):
            raise UserError(self.env._("Write a whole number, of nine digits at most."))

    def _check_builder_key(self, key):
        key = (key or "").strip()
        if key in (self.version_id.field_ids - self).mapped("key"):
            raise UserError(self.env._("Another question of this form has the key “%s”.", key))
        if key != self.key and self._is_key_used_elsewhere():
            raise UserError(
                self.env._(
                    "This key was published: the answers already given are kept under it, it no "
                    "longer changes."
                )
            )
        return key

    def _rename_key(self, key):
        """Change a key, and what names it in the form."""
        former = self.key
        if key == former:
            return
        self.key = key
        form_fields = self.version_id.field_ids
        form_fields.filtered(lambda field: field.block_key == former).block_key = key
        conditions = form_fields.condition_ids | form_fields.require_ids
        conditions.filtered(lambda condition: condition.key == former).key = key
        for field in form_fields.filtered("formula"):
            formula = rename_key(field.formula, former, key)
            if formula != field.formula:
                field.formula = formula

    # ------------------------------------------------------------
    # A field put aside, to be copied or put back
    # ------------------------------------------------------------

    def _get_builder_snapshot(self):
        values = self._get_builder_field()
        snapshot = {
            name: value
            for name, value in values.items()
            if name in {*self._get_builder_snapshot_names(), *ROWS}
        }
        snapshot["translations"] = {name: get_translations(self, name) for name in TRANSLATED}
        for option, values in zip(self.option_ids.sorted(), snapshot["options"], strict=True):
            values["translations"] = get_translations(option, "label")
        return snapshot

    def _get_builder_snapshot_names(self):
        return {*PLAIN, *self._get_type().record_settings, "key", "block_key"}

    def _write_snapshot_translations(self, values):
        """The words in each language, when the browser gives back those that it was given."""
        for name in TRANSLATED:
            write_translations(self, name, values.get("translations", {}).get(name))
        for option, option_values in zip(self.option_ids.sorted(), values["options"], strict=True):
            write_translations(option, "label", option_values.get("translations"))
