import hashlib
import json

from odoo import Command, api, models
from odoo.exceptions import UserError

from odoo.addons.procedure_form.field_types.selection import SelectionType
from odoo.addons.procedure_price.amounts import read_cents, write_cents
from odoo.addons.procedure_price.pricing import ASKED

WHO = ("key", "name", "residence", "applicant")
LINE = ("basis", "label", "amount", "formula", "who", "when_key", "when_value")


class ProcedureVersionPrices(models.AbstractModel):
    """The window of the prices of a form: a cell for each choice, number and block, and for each
    kind of applicant; then the lines that have words of their own. What it cannot show stays, in
    a list."""

    _name = "procedure.version.prices"
    _description = "Version: its prices in the builder"

    def builder_get_prices(self):
        """All that the window shows."""
        self._check_builder(readonly=True)
        boxes, lines, kept = self._split_prices()
        amounts = {}
        for (cell, who), tariff in boxes.items():
            amounts.setdefault(cell, {})[who] = write_cents(tariff.cents)
        Who = self.env["procedure.tariff.who"]
        return {
            "cells": self._get_price_cells(),
            "amounts": amounts,
            "lines": [
                {"id": line.id, **{name: line[name] or "" for name in LINE}} for line in lines
            ],
            "kept": [
                {"id": tariff.id, "sentence": tariff._get_sentence(), "formula": tariff.formula}
                for tariff in kept
            ],
            "kinds": [{name: kind[name] for name in WHO} for kind in self.tariff_who_ids.sorted()],
            "residences": self._get_price_choices(Who, "residence"),
            "applicants": self._get_price_choices(Who, "applicant"),
            "conditions": self._get_price_conditions(),
            "stamp": self._stamp(self._get_price_facts()),
        }

    def builder_save_prices(self, values, stamp):
        """Write the whole window.

        :param values: `kept`, the identifiers of what is only listed and stays; by default all
        :return: `errors`, list of sentences: then nothing is written; else the `state`
        """
        self._check_builder()
        if stamp != self._stamp(self._get_price_facts()):
            raise UserError(
                self.env._("Somebody changed the prices in the meantime. Open the window again.")
            )
        errors = []
        kinds = self._prepare_price_kinds(values["kinds"])
        names = {kind["key"] for kind in kinds}
        boxes, lines, kept = self._split_prices()
        if "kept" in values:
            kept = kept.filtered(lambda tariff: tariff.id in values["kept"])
        # (tariff of today or none, what is written)
        typed = [
            (boxes.get((cell, vals["who"])), vals)
            for cell, vals in self._prepare_price_cells(values["amounts"], names, errors)
        ]
        own = {line.id: line for line in lines}
        typed += [
            (own.pop(line_id, None), vals)
            for line_id, vals in self._prepare_price_lines_typed(values["lines"], names, errors)
        ]
        if errors:
            return {"errors": errors}
        self._write_price_kinds(kinds)
        self._write_price_tariffs([*((tariff, {}) for tariff in kept), *typed])
        return {"errors": [], "state": self._get_builder_state()}

    def _split_prices(self):
        """What the window shows as boxes, as lines, and what it can only list.

        :return: (dict (cell, kind of applicant) -> tariff, tariffs, tariffs)
        """
        known = {cell["id"] for cell in self._get_price_cells()}
        kinds = {"", *self.tariff_who_ids.mapped("key")}
        cases = {
            (asked["code"], choice["code"])
            for asked in self._get_price_conditions()
            for choice in asked["choices"]
        }
        boxes, lines, kept = {}, self.env["procedure.tariff"], self.env["procedure.tariff"]
        for tariff in self.tariff_ids.sorted():
            box = (f"{tariff.basis}|{tariff.key}|{tariff.value or ''}", tariff.who or "")
            is_case = (tariff.when_operator or "=") == "=" and (
                tariff.when_key,
                tariff.when_value,
            ) in cases
            if box[1] not in kinds or (tariff.when_key and not is_case):
                kept |= tariff
            elif tariff.basis in ("once", "formula"):
                lines |= tariff
            elif box[0] in known and box not in boxes and not tariff.when_key:
                boxes[box] = tariff
            else:
                kept |= tariff
        return boxes, lines, kept

    def _write_price_kinds(self, kinds):
        """In place: their words in the other languages stay."""
        former = {kind.key: kind for kind in self.tariff_who_ids}
        for vals in kinds:
            kind = former.pop(vals["key"], None)
            if kind:
                self._write_changes(kind, vals)
            else:
                self.tariff_who_ids = [Command.create(vals)]
        self.tariff_who_ids = [Command.delete(kind.id) for kind in former.values()]

    def _write_price_tariffs(self, rows):
        """In place and in their order; a new amount comes after the others of its sort."""
        written = {tariff: vals for tariff, vals in rows if tariff}
        gone = self.tariff_ids.filtered(lambda tariff: tariff not in written)
        ordered = [
            (tariff, written[tariff]) for tariff in self.tariff_ids.sorted() if tariff in written
        ]
        new = [vals for tariff, vals in rows if not tariff]
        asked = [(None, vals) for vals in new if vals["basis"] in ASKED]
        place = max(
            (n + 1 for n, (each, _v) in enumerate(ordered) if each.basis in ASKED), default=0
        )
        ordered[place:place] = asked
        ordered += [(None, vals) for vals in new if vals["basis"] not in ASKED]
        for sequence, (tariff, vals) in enumerate(ordered):
            if tariff:
                self._write_changes(tariff, {**vals, "sequence": sequence})
            else:
                self.tariff_ids = [Command.create({**vals, "sequence": sequence})]
        self.tariff_ids = [Command.delete(tariff.id) for tariff in gone]

    @api.model
    def _write_changes(self, record, vals):
        changes = {name: value for name, value in vals.items() if (record[name] or "") != value}
        changes = {name: value for name, value in changes.items() if record[name] or value}
        if changes:
            record.write(changes)

    def _prepare_price_kinds(self, kinds):
        taken, prepared = {kind.get("key") for kind in kinds if kind.get("key")}, []
        for sequence, kind in enumerate(kinds):
            name = (kind.get("name") or "").strip()
            if not name:
                continue
            key = kind.get("key")
            if not key:
                key = self.env["procedure.field"]._make_key(name, taken)
                taken.add(key)
            prepared.append(
                {
                    "sequence": sequence,
                    "key": key,
                    "name": name,
                    "residence": kind.get("residence") or "any",
                    "applicant": kind.get("applicant") or "any",
                }
            )
        return prepared

    def _prepare_price_cells(self, amounts, names, errors):
        """(cell, values) of each; those of a kind that is gone go with it."""
        tariffs = []
        for cell in self._get_price_cells():
            for who, text in (amounts.get(cell["id"]) or {}).items():
                if not (text or "").strip() or (who and who not in names):
                    continue
                cents = read_cents(text)
                if cents is None:
                    errors.append(self._get_amount_sentence(cell["label"], text))
                    continue
                basis, key, value = cell["id"].split("|")
                vals = {"basis": basis, "key": key, "value": value, "who": who, "cents": cents}
                tariffs.append((cell["id"], vals))
        return tariffs

    def _prepare_price_lines_typed(self, lines, names, errors):
        """(identifier or none, values) of each."""
        tariffs = []
        for line in lines:
            typed = {name: (line.get(name) or "").strip() for name in LINE}
            if not typed["label"] and not typed["amount"] and not typed["formula"]:
                continue
            if typed["basis"] != "formula":
                typed["basis"], typed["formula"] = "once", ""
            if typed["who"] not in names:
                typed["who"] = ""
            amount = typed.pop("amount")
            cents = 0 if typed["basis"] == "formula" else read_cents(amount)
            if cents is None:
                errors.append(self._get_amount_sentence(typed["label"], amount))
                continue
            if typed["when_key"]:
                typed["when_operator"] = "="
            tariffs.append((line.get("id"), {**typed, "cents": cents}))
        return tariffs

    def _get_amount_sentence(self, label, text):
        return self.env._(
            "“%(label)s”: “%(amount)s” is not an amount. Write it like this: 12,50.",
            label=label,
            amount=text,
        )

    def _get_price_choices(self, model, name):
        choices = model._fields[name]._description_selection(self.env)
        return [{"code": code, "label": label} for code, label in choices]

    def _get_price_cells(self):
        """What may have a price, in the order of the form."""
        blocks = {field.key for field in self.field_ids if field._get_type().holds == "rows"}
        cells = []
        for field in self.field_ids.sorted():
            kind = field._get_type()
            key = f"{field.block_key}.{field.key}" if field.block_key in blocks else field.key
            label = field.label or field.key
            if isinstance(kind, SelectionType):
                choices = [(option.value, option.label) for option in field.option_ids.sorted()]
                cells += [
                    {"id": f"choice|{key}|{value}", "question": label, "label": words}
                    for value, words in choices
                ]
            elif kind.get_condition_choices(self.env):
                yes = self.env._("Yes")
                cells.append({"id": f"choice|{key}|1", "question": label, "label": yes})
            elif kind.holds == "rows":
                each = self.env._("Each row")
                cells.append({"id": f"rows|{key}|", "question": label, "label": each})
            elif kind.is_number:
                each = self.env._("Each unit")
                cells.append({"id": f"quantity|{key}|", "question": label, "label": each})
        return cells

    def _get_price_conditions(self):
        """Questions outside blocks whose choices a line may depend on."""
        found = []
        for field in self.field_ids.sorted():
            kind = field._get_type()
            choices = [(option.value, option.label) for option in field.option_ids.sorted()]
            choices = choices or list(kind.get_condition_choices(self.env).items())
            if choices and not field.block_key:
                found.append(
                    {
                        "code": field.key,
                        "label": field.label or field.key,
                        "choices": [{"code": code, "label": label} for code, label in choices],
                    }
                )
        return found

    def _get_price_facts(self):
        """All that the prices say, to know whether they changed."""
        return [
            [kind._get_facts() for kind in self.tariff_who_ids.sorted()],
            [
                [tariff[name] or "" for name in (*LINE, "key", "value", "when_operator")]
                for tariff in self.tariff_ids.sorted()
            ],
        ]

    def _stamp(self, facts):
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
