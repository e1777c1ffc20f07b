import re
import unicodedata
from difflib import SequenceMatcher

from odoo import Command, models

from odoo.addons.procedure_form.engine.formula import rename_value

VALUE_LENGTH = 40
SIMILAR = 0.6


def slug(text):
    """A code made of what people read: « Résidence principale » gives residence_principale."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    return "_".join(words)[:VALUE_LENGTH].strip("_") or "choix"


def is_corrected(before, after):
    """Whether the second words are the first ones, corrected or completed."""
    shorter, longer = sorted((before.lower(), after.lower()), key=len)
    return longer.startswith(shorter) or SequenceMatcher(None, shorter, longer).ratio() >= SIMILAR


def pair(before, after):
    """Which former line each line is: list of index or None.

    The same words are the same choice wherever they are; among the rest, a line that was corrected
    in its place is the same choice too; other words are another choice.
    """
    left = {label: index for index, label in enumerate(before)}
    found = [left.get(label) for label in after]
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag != "replace":
            continue
        free = [index for index in range(start, end) if index not in found]
        for index in range(new_start, new_end):
            if found[index] is not None:
                continue
            origin = next((each for each in free if is_corrected(before[each], after[index])), None)
            if origin is not None:
                found[index] = origin
                free.remove(origin)
    return found


class ProcedureFieldChoice(models.AbstractModel):
    _name = "procedure.field.choice"
    _description = "Form field: its choices, one per line"

    def _write_choices(self, labels):
        """The choices, one label each: a known one keeps its value, and so the answers given."""
        self.ensure_one()
        labels = list(dict.fromkeys(filter(None, (label.strip() for label in labels))))
        options = self.option_ids.sorted()
        pairs = pair(options.mapped("label"), labels)
        published = self._get_published_values()
        taken = {options[index].value for index in pairs if index is not None}
        commands = [
            Command.delete(option.id) for index, option in enumerate(options) if index not in pairs
        ]
        for sequence, (label, index) in enumerate(zip(labels, pairs, strict=True)):
            vals = {"label": label, "sequence": sequence}
            if index is None:
                vals["value"] = self._get_free_value(label, taken)
                commands.append(Command.create(vals))
                continue
            option = options[index]
            if option.label != label and option.value not in published:
                # Nobody answered it yet: its value follows its words, as they are typed.
                taken.discard(option.value)
                vals["value"] = self._get_free_value(label, taken)
                self._rename_value(option.value, vals["value"])
            commands.append(Command.update(option.id, vals))
        self.option_ids = commands

    def _write_free_choices(self, values):
        """:param values: those of the choices that ask for words, joined by commas"""
        free = (values or "").split(",")
        for option in self.option_ids:
            if option.is_free != (option.value in free):
                option.is_free = option.value in free

    def _get_published_values(self):
        """Values of this question that another version of the form knows."""
        others = self.search(
            [
                ("version_id.procedure_id", "=", self.version_id.procedure_id.id),
                ("version_id", "!=", self.version_id.id),
                ("key", "=", self.key),
            ]
        )
        return set(others.option_ids.mapped("value"))

    def _get_free_value(self, label, taken):
        stem = value = slug(label)
        count = 2
        while value in taken:
            value, count = f"{stem}_{count}", count + 1
        taken.add(value)
        return value

    def _rename_value(self, former, value):
        """The conditions and the calculations about this choice follow it."""
        form_fields = self.version_id.field_ids
        for field in form_fields.filtered("formula"):
            formula = rename_value(field.formula, self.key, former, value)
            if formula != field.formula:
                field.formula = formula
        for condition in form_fields.condition_ids | form_fields.require_ids:
            if condition.key == self.key and condition.value:
                values = [each.strip() for each in condition.value.split(",")]
                if former in values:
                    condition.value = ",".join(value if each == former else each for each in values)
