from odoo import api, fields, models

FORMAT = "e-territoire.procedure"
# 1: no limit was written 0; 2: a limit that is not written does not exist, and 0 is one.
SCHEMA = 2
KNOWN_SCHEMAS = (1, 2)
CHAR_MAX = 1000
TEXT_MAX = 20_000
INTEGER_MAX = 2**31 - 1
FIRST = ("name", "code", "label", "key", "type", "value")
SIMPLE_TYPES = ("char", "text", "html", "integer", "boolean", "selection", "date")

# In this order in a file; those that other addons add come after.
RELATIONS = (
    "service_id",
    "local_service_ids",
    "consulted_service_ids",
    "commune_ids",
    "topic_id",
    "audience_ids",
)
# What says which record it is, where it is no code.
KEY_COLUMNS = {"territory.commune": "insee_code"}
# Rows below a record. Column: (name in the file, how many at most).
ROWS = {
    "procedure.procedure": {"step_ids": ("steps", 50)},
    "procedure.version": {"field_ids": ("fields", 300)},
    "procedure.field": {
        "option_ids": ("options", 200),
        "condition_ids": ("conditions", 20),
        "require_ids": ("required_if", 20),
    },
}
REQUIRED = {
    "procedure.procedure": ("name", "code"),
    "privacy.processing": ("name",),
    "procedure.step": ("name",),
    "procedure.field": ("key", "type"),
    "procedure.field.option": ("value", "label"),
    "procedure.field.condition": ("key",),
}
# What belongs to this platform, or to its life here.
LEFT_OUT = {
    "procedure.procedure": {
        "active",
        "sequence",
        "slug",
        "state",
        "validated_by_id",
        "validated_on",
        "processing_id",
        "version_id",
        "version_ids",
    },
    "procedure.version": {
        "number",
        "state",
        "published_by_id",
        "published_on",
        "procedure_id",
        "proposal",
    },
    "procedure.field": {"sequence", "version_id", "block_key"},
    "procedure.field.option": {"sequence", "field_id"},
    "procedure.field.condition": {"sequence", "field_id", "purpose"},
    "procedure.step": {"sequence", "procedure_id", "template_id"},
    "privacy.processing": {
        "code",
        "active",
        "controller_id",
        "rights_contact",
        "dpo_contact",
        "is_complete",
        "is_proposed",
        "accepted_by_id",
        "accepted_on",
    },
}


class ProcedureDefinitionCheck(models.AbstractModel):
    """What a file may hold, and what is wrong with one: a sentence per mistake, with its place."""

    _name = "procedure.definition.check"
    _description = "Check of a procedure as a file"

    @api.model
    def _get_columns(self, model):
        """Simple columns that a file holds."""
        names = [
            name
            for name, field in self.env[model]._fields.items()
            if field.type in SIMPLE_TYPES
            and field.store
            and name not in models.MAGIC_COLUMNS
            and not (field.compute and field.readonly)
            and name not in self._get_left_out(model)
        ]
        return sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))

    @api.model
    def _get_left_out(self, model):
        """Hook: columns that no file holds: they belong to this platform, or to its life here.

        :param model: name of a model that a file describes
        :return: set of names of columns: `super()` and yours
        """
        return set(LEFT_OUT.get(model, ()))

    @api.model
    def _get_relations(self, model):
        """Columns of this model that name other records, those of other addons too.

        :return: dict: column → (name in the file, column of the other record that says which one)
        """
        left_out = {*models.MAGIC_COLUMNS, *self._get_left_out(model)}
        names = [
            name
            for name, field in self.env[model]._fields.items()
            if field.type in ("many2one", "many2many")
            and field.store
            and not field.compute
            and name not in left_out
        ]
        names.sort(key=lambda name: RELATIONS.index(name) if name in RELATIONS else len(RELATIONS))
        return {
            name: (
                name.removesuffix("_id").replace("_ids", "s"),
                self._get_key_column(self.env[model]._fields[name].comodel_name),
            )
            for name in names
        }

    @api.model
    def _get_key_column(self, model):
        """Hook: the column that says which record it is, on any platform: its code, else its name.

        :param model: name of the model that a relation points to
        """
        Model = self.env[model]
        return KEY_COLUMNS.get(model) or ("code" if "code" in Model._fields else Model._rec_name)

    @api.model
    def _get_rows(self, model):
        """Hook: rows below a record, written inside it.

        :return: dict: one2many column → (name in the file, how many at most): `super()` and yours
        """
        return dict(ROWS.get(model, {}))

    @api.model
    def _get_required(self, model):
        """Columns without which the database refuses a row: of an addon's own rows, those that
        have no value by default."""
        if model in REQUIRED:
            return REQUIRED[model]
        fields_of = self.env[model]._fields
        names = [
            name
            for name in self._get_columns(model)
            if fields_of[name].required and fields_of[name].type not in ("integer", "boolean")
        ]
        return sorted(set(names) - set(self.env[model].default_get(names)))

    @api.model
    def _get_row_words(self):
        """Hook: what a row is called in a sentence about a mistake.

        :return: dict: name in the file → word
        """
        return {
            "fields": self.env._("Field"),
            "options": self.env._("choice"),
            "conditions": self.env._("condition"),
            "required_if": self.env._("condition to be required"),
            "steps": self.env._("Step"),
        }

    @api.model
    def _check(self, data):
        """Sentences, each naming the place."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            return [self.env._("This file is not the definition of a procedure.")]
        if data.get("schema") not in KNOWN_SCHEMAS or isinstance(data.get("schema"), bool):
            return [
                self.env._(
                    "This file has the schema %(schema)s; this platform reads the schema "
                    "%(known)s.",
                    schema=str(data.get("schema"))[:20],
                    known=SCHEMA,
                )
            ]
        problems = []
        place = self.env._("Procedure")
        rest = {key: value for key, value in data.items() if key not in ("format", "schema")}
        register = rest.pop("register", None)
        rows = self._get_rows("procedure.version").values()
        form = {key: rest.pop(key) for key, _limit in rows if key in rest}
        self._check_record("procedure.procedure", rest, place, problems)
        if register is not None:
            place = self.env._("Register")
            self._check_record("privacy.processing", register, place, problems)
        self._check_record("procedure.version", form, place, problems)
        if not problems:
            self._check_keys(form.get("fields", []), problems)
        return problems

    @api.model
    def _check_record(self, model, data, place, problems, inside=False):
        if not isinstance(data, dict):
            problems.append(self.env._("%(place)s: { … } is expected here.", place=place))
            return
        rows = {key: (name, limit) for name, (key, limit) in self._get_rows(model).items()}
        if model == "procedure.field" and data.get("type") == "block" and not inside:
            rows["fields"] = ("field_ids", 50)
        relations = {key: name for name, (key, _c) in self._get_relations(model).items()}
        columns = self._get_columns(model)
        for key in self._get_required(model):
            if not data.get(key):
                problems.append(
                    self.env._("%(place)s: “%(key)s” is missing.", place=place, key=key)
                )
        for key, value in data.items():
            if key in rows:
                self._check_rows(model, key, value, *rows[key], place, problems)
            elif key in relations:
                self._check_relation(model, key, value, relations[key], place, problems)
            elif key in columns:
                sentence = self._get_value_problem(model, key, value)
                if sentence:
                    problems.append(f"{place}: {sentence}")
            else:
                problems.append(
                    self.env._(
                        "%(place)s: “%(key)s” is not known here.", place=place, key=key[:100]
                    )
                )

    @api.model
    def _check_rows(self, model, key, value, name, limit, place, problems):
        if not isinstance(value, list):
            problems.append(
                self.env._("%(place)s: “%(key)s” is a list: [ … ].", place=place, key=key)
            )
            return
        if len(value) > limit:
            problems.append(
                self.env._(
                    "%(place)s: “%(key)s” has %(count)s rows. The maximum is %(max)s.",
                    place=place,
                    key=key,
                    count=len(value),
                    max=limit,
                )
            )
            return
        inside = model == "procedure.field" and name == "field_ids"
        row_model = "procedure.field" if inside else self.env[model]._fields[name].comodel_name
        words = self._get_row_words()
        for index, row in enumerate(value, 1):
            where = f"{words.get(key, key)} {index}"
            title = row.get("label") or row.get("name") if isinstance(row, dict) else None
            if title and isinstance(title, str):
                where = self.env._("%(row)s “%(title)s”", row=where, title=title[:60])
            if model == "procedure.field":
                where = f"{place}, {where}"
            self._check_record(row_model, row, where, problems, inside)

    @api.model
    def _check_relation(self, model, key, value, name, place, problems):
        field = self.env[model]._fields[name]
        codes = value if field.type == "many2many" else [value]
        if not (isinstance(codes, list) and all(isinstance(code, str) for code in codes)):
            expected = (
                self.env._("a list of codes: [ … ]")
                if field.type == "many2many"
                else self.env._("a code")
            )
            problems.append(
                self.env._(
                    "%(place)s: “%(key)s” is %(expected)s.",
                    place=place,
                    key=key,
                    expected=expected,
                )
            )
            return
        column = self._get_relations(model)[name][1]
        known = self.env[field.comodel_name].search([(column, "in", codes)]).mapped(column)
        for code in codes:
            if code not in known:
                problems.append(
                    self.env._(
                        "%(place)s: “%(key)s”: “%(code)s” does not exist here. Create it, or take "
                        "it out of the file.",
                        place=place,
                        key=key,
                        code=code[:50],
                    )
                )

    @api.model
    def _get_value_problem(self, model, name, value):
        """Why this value is not one of this column, or nothing."""
        field = self.env[model]._fields[name]
        match field.type:
            case "boolean":
                if not isinstance(value, bool):
                    return self.env._("“%(key)s” is true or false.", key=name)
            case "integer":
                if isinstance(value, bool) or not isinstance(value, int):
                    return self.env._("“%(key)s” is a whole number.", key=name)
                if abs(value) > INTEGER_MAX:
                    return self.env._("“%(key)s”: this number is too big.", key=name)
            case "selection":
                choices = [choice for choice, _label in field._description_selection(self.env)]
                empty = value == "" and not field.required
                if value not in choices and not empty:
                    return self.env._(
                        "“%(key)s” is one of: %(choices)s.", key=name, choices=", ".join(choices)
                    )
            case "date":
                if not self._is_date(value):
                    return self.env._("“%(key)s” is a date, such as 2027-03-01.", key=name)
            case _:
                if not isinstance(value, str):
                    return self.env._("“%(key)s” is a text, between quotes.", key=name)
                limit = CHAR_MAX if field.type == "char" else TEXT_MAX
                if len(value) > limit:
                    return self.env._(
                        "“%(key)s” has %(length)s characters. The maximum is %(max)s.",
                        key=name,
                        length=len(value),
                        max=limit,
                    )
        return None

    @api.model
    def _is_date(self, value):
        if value == "":
            return True
        if not isinstance(value, str):
            return False
        try:
            return fields.Date.to_string(fields.Date.to_date(value)) == value
        except (ValueError, TypeError, AttributeError):
            return False

    @api.model
    def _check_keys(self, rows, problems):
        """The database would refuse duplicates without saying where."""
        seen = {}
        inside = [row for top in rows for row in top.get("fields", ())]
        for row in rows + inside:
            first = seen.setdefault(row["key"], row)
            title = row.get("label") or row["key"]
            if first is not row:
                problems.append(
                    self.env._(
                        "Field “%(title)s”: the key “%(key)s” is already that of “%(other)s”.",
                        title=title,
                        key=row["key"],
                        other=first.get("label") or first["key"],
                    )
                )
            values = [option["value"] for option in row.get("options", ())]
            for value in sorted({value for value in values if values.count(value) > 1}):
                problems.append(
                    self.env._(
                        "Field “%(title)s”: two choices have the value “%(value)s”.",
                        title=title,
                        value=value,
                    )
                )
