import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.procedure_form.fields import OptionalInteger

from ..tools.json_reader import JsonRefused, read_json
from .procedure_definition_check import FORMAT, REQUIRED, SCHEMA

LIMITS = {"min_value", "max_value", "min_length", "max_length"}


class ProcedureDefinition(models.AbstractModel):
    """A procedure as a file: no number of record, what is by default is left out.

    Its columns are those of the models, so that an addon that adds one has nothing to do here.
    """

    _name = "procedure.definition"
    _inherit = ["procedure.definition.check", "procedure.definition.places"]
    _description = "Procedure as a file"

    @api.model
    def _to_file(self, model, name, value):
        field = self.env[model]._fields[name]
        if field.type == "date":
            return fields.Date.to_string(value) or ""
        if isinstance(field, OptionalInteger):
            return value
        if field.type in ("boolean", "integer"):
            return value or (False if field.type == "boolean" else 0)
        # No-break spaces as people type them.
        return str(value or "").replace("&nbsp;", "\xa0")

    # ------------------------------------------------------------
    # Export
    # ------------------------------------------------------------

    @api.model
    def _export(self, procedure, version):
        """The definition of this procedure with this version of its form, as a dict."""
        data = {"format": FORMAT, "schema": SCHEMA, **self._export_record(procedure)}
        if procedure.processing_id:
            data["register"] = self._export_record(procedure.processing_id)
        if version:
            data.update(self._export_record(version))
            if "fields" in data:
                data["fields"] = self._nest(version.field_ids, data["fields"])
        return data

    @api.model
    def _export_record(self, record):
        model = record._name
        data = {}
        columns = self._get_columns(model)
        defaults = self.env[model].default_get(columns)
        for name in columns:
            value = self._to_file(model, name, record[name])
            is_default = value == self._to_file(model, name, defaults.get(name))
            if not is_default or name in REQUIRED.get(model, ()):
                data[name] = value
        for name, (key, column) in self._get_relations(model).items():
            codes = record[name].mapped(column)
            if codes:
                data[key] = codes if record._fields[name].type == "many2many" else codes[0]
        for name, (key, _limit) in self._get_rows(model).items():
            rows = [self._export_record(row) for row in record[name]]
            if rows:
                data[key] = rows
        return data

    @api.model
    def _nest(self, form_fields, rows):
        """The fields of a block are written inside it."""
        blocks = {
            field.key: row
            for field, row in zip(form_fields, rows, strict=True)
            if field._get_type().holds == "rows"
        }
        top = []
        for field, row in zip(form_fields, rows, strict=True):
            block = blocks.get(field.block_key) if field.key not in blocks else None
            (top if block is None else block.setdefault("fields", [])).append(row)
        return top

    @api.model
    def _write_file(self, data):
        return json.dumps(data, ensure_ascii=False, indent=4).encode() + b"\n"

    # ------------------------------------------------------------
    # Import
    # ------------------------------------------------------------

    @api.model
    def _read_file(self, content, choices=None):
        """The definition that these bytes hold; ValidationError with a sentence per mistake.

        :param choices: what takes the place of what it names, see `_replace_places`
        """
        return self._check_loaded(self._replace_places(self._load(content), choices or {}))

    @api.model
    def _load(self, content):
        """What these bytes hold, before it is checked."""
        try:
            return read_json(content)
        except JsonRefused as refused:
            raise ValidationError(self._get_json_sentence(refused)) from refused

    @api.model
    def _check_loaded(self, data):
        problems = self._check(data)
        if problems:
            raise ValidationError("\n".join(problems[:20]))
        if data["schema"] == 1:
            self._drop_zero_limits(data.get("fields", ()))
        return {**data, "schema": SCHEMA}

    @api.model
    def _drop_zero_limits(self, rows):
        """In the first schema, 0 meant no limit."""
        for row in rows:
            for name in LIMITS & row.keys():
                if row[name] == 0:
                    del row[name]
            self._drop_zero_limits(row.get("fields", ()))

    @api.model
    def _get_json_sentence(self, refused):
        params = refused.params
        if refused.code == "too_big":
            return self.env._("This file is too big: %(max)s kB at most.", **params)
        if refused.code == "not_utf8":
            return self.env._("Line %(line)s: this file is not written in UTF-8.", **params)
        if refused.code == "syntax":
            return self.env._(
                "Line %(line)s, column %(column)s: this is not JSON. Check the comma, the quotes "
                "and the brackets there.",
                **params,
            )
        if refused.code == "character":
            return self.env._("“%(text)s” holds a character that cannot be kept.", **params)
        if refused.code == "duplicate":
            return self.env._("“%(key)s” is written twice at the same place.", **params)
        return self.env._("This file cannot be read as the definition of a procedure.")

    # What a checked definition makes.

    @api.model
    def _import(self, data, **vals):
        """A draft, always: nothing is published, nothing that exists is changed.

        :param data: what `_read_file` returned
        :param vals: values of the procedure that win over the file's
        """
        vals = {**self._prepare_record("procedure.procedure", data), **vals}
        if data.get("register"):
            vals["processing_id"] = self._create_processing(data["register"], vals["code"]).id
        procedure = self.env["procedure.procedure"].create(vals)
        if procedure.kind != "external":
            self.env["procedure.version"].create(
                {
                    **self._prepare_record("procedure.version", data),
                    "procedure_id": procedure.id,
                    "field_ids": [
                        fields.Command.create({**field_vals, "sequence": index})
                        for index, field_vals in enumerate(self._prepare_fields(data))
                    ],
                }
            )
        return procedure

    @api.model
    def _prepare_fields(self, data):
        vals_list = []
        for row in data.get("fields", ()):
            vals_list.append(self._prepare_record("procedure.field", row))
            for child in row.get("fields", ()):
                child_vals = self._prepare_record("procedure.field", child)
                vals_list.append({**child_vals, "block_key": row["key"]})
        return vals_list

    @api.model
    def _prepare_record(self, model, data):
        vals = {
            name: data[name] or False if self._is_text(model, name) else data[name]
            for name in self._get_columns(model)
            if name in data
        }
        for name, (key, column) in self._get_relations(model).items():
            if data.get(key):
                field = self.env[model]._fields[name]
                codes = data[key] if field.type == "many2many" else [data[key]]
                records = self.env[field.comodel_name].search([(column, "in", codes)])
                vals[name] = (
                    [fields.Command.set(records.ids)]
                    if field.type == "many2many"
                    else records[:1].id
                )
        for name, (key, _limit) in self._get_rows(model).items():
            row_model = self.env[model]._fields[name].comodel_name
            vals[name] = [
                fields.Command.create(
                    {**self._prepare_record(row_model, row), **self._get_rank(row_model, index)}
                )
                for index, row in enumerate(data.get(key, ()))
            ]
        return vals

    @api.model
    def _get_rank(self, model, index):
        return {"sequence": index} if "sequence" in self.env[model]._fields else {}

    @api.model
    def _is_text(self, model, name):
        return self.env[model]._fields[name].type not in ("integer", "boolean")

    @api.model
    def _create_processing(self, data, code):
        """A proposal: somebody reads it and accepts it before anything is published."""
        Processing = self.env["privacy.processing"]
        return Processing.create(
            {
                **self._prepare_record("privacy.processing", data),
                "code": Processing._get_free_code(code.lower()),
                "is_proposed": True,
            }
        )
