import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import engine, linter

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]*")


class ProcedureField(models.Model):
    _name = "procedure.field"
    _description = "Form field"
    _order = "version_id, sequence, id"
    _rec_name = "label"

    version_id = fields.Many2one("procedure.version", required=True, index=True, ondelete="cascade")
    procedure_id = fields.Many2one(related="version_id.procedure_id")
    sequence = fields.Integer(default=10)
    key = fields.Char(
        required=True,
        help="Stable name of the answer: same key and same type in every version.",
    )
    label = fields.Char(translate=True)
    type = fields.Selection(
        [
            ("page", "New page"),
            ("section", "Section"),
            ("information", "Information text"),
            ("link", "Link"),
            ("char", "Short text"),
            ("text", "Long text"),
            ("integer", "Whole number"),
            ("date", "Date"),
            ("boolean", "Yes or no"),
            ("selection", "One choice"),
            ("multi_selection", "Several choices"),
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("address", "Address"),
            ("commune", "Commune"),
            ("iban", "IBAN"),
            ("siret", "SIRET number"),
            ("rna", "RNA number"),
            ("persons", "People of my household"),
            ("children", "Children I act for"),
            ("dwelling", "My dwelling"),
            ("school", "School"),
            ("weekly_grid", "Weekly grid"),
            ("block", "Repeated block"),
            ("computed", "Computed value"),
            ("file", "Document or photo"),
            ("consent", "Consent"),
        ],
        required=True,
        default="char",
    )
    required = fields.Boolean()
    help = fields.Text(translate=True, string="Help text")
    option_ids = fields.One2many("procedure.field.option", "field_id", string="Choices", copy=True)
    condition_ids = fields.One2many(
        "procedure.field.condition", "field_id", string="Conditions", copy=True
    )
    condition_join = fields.Selection(
        [("all", "All conditions"), ("any", "One condition is enough")],
        default="all",
        required=True,
        string="Shown when",
    )
    prefill = fields.Selection(
        [
            ("firstname", "First name"),
            ("lastname", "Last name"),
            ("birthdate", "Birth date"),
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("address", "Address"),
            ("street", "Street"),
            ("commune", "Commune"),
            ("household_size", "Number of persons in the household"),
        ],
        help="Where a signed-in person's first answer comes from.",
    )
    min_value = fields.Integer(string="Minimum")
    max_value = fields.Integer(string="Maximum")
    date_limit = fields.Selection(
        [("past", "Today or before"), ("future", "Today or later")], string="Accepted dates"
    )
    is_local = fields.Boolean(
        string="On the territory only",
        help="An address whose commune is not one of the territory is refused.",
    )
    max_files = fields.Integer(default=1, string="Number of files")
    accepted_kinds = fields.Char(default="pdf,jpg,png,heic", string="Accepted files")
    requirement_code = fields.Char(help="Code of the document that is asked.")
    validity_kind = fields.Selection(
        [
            ("none", "Without end"),
            ("months", "A number of months"),
            ("school_year", "Until the end of the school year"),
            ("until", "Until a date"),
        ],
        default="none",
        required=True,
        string="Validity of the document",
    )
    validity_months = fields.Integer(default=12)
    validity_until = fields.Date()
    block_key = fields.Char(
        string="In the block", help="Key of the repeated block that holds this field."
    )
    grid_days = fields.Char(
        default="1,2,4,5", string="Days of the grid", help="1 is Monday, 7 is Sunday."
    )
    formula = fields.Char(
        help="Keys of fields above, + - * / ( ), count(block), sum(block.field), age(date), "
        "min(a, b), max(a, b)."
    )
    url = fields.Char(string="Address of the link", help="Starts with https:// or /.")
    min_length = fields.Integer(string="Minimum length")
    max_length = fields.Integer(string="Maximum length")
    pattern = fields.Char(string="Expected form", help="A regular expression, such as [A-Z]{2}.")
    pattern_message = fields.Char(
        translate=True, string="What to tell", help="Said when the answer has another form."
    )

    _key_uniq = models.Constraint(
        "UNIQUE(version_id, key)", "Two fields of one form have the same key."
    )

    @api.constrains("key")
    def _check_key(self):
        for field in self:
            if not KEY_PATTERN.fullmatch(field.key):
                raise ValidationError(
                    self.env._(
                        "The key “%(key)s” may hold small letters, digits and _ only, "
                        "and starts with a letter.",
                        key=field.key,
                    )
                )

    @api.constrains("key", "type", "version_id")
    def _check_same_type(self):
        """Exports and last year's answers join versions by key: its type never changes."""
        for field in self:
            other = self.search(
                [
                    ("version_id.procedure_id", "=", field.version_id.procedure_id.id),
                    ("version_id", "!=", field.version_id.id),
                    ("key", "=", field.key),
                    ("type", "!=", field.type),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(label)s”: the key “%(key)s” has another type in "
                        "version %(number)s. Choose another key.",
                        label=field.label or field.key,
                        key=field.key,
                        number=other.version_id.number,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        form_fields = super().create(vals_list)
        form_fields.version_id._check_not_frozen()
        return form_fields

    def write(self, vals):
        self.version_id._check_not_frozen()
        result = super().write(vals)
        self.version_id._check_not_frozen()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.version_id._check_not_frozen()

    def _to_engine(self):
        """Plain definitions: the engine knows no ORM. The fields of a block are in its rows."""
        blocks = {field.key: [] for field in self if field.type == "block"}
        top = []
        for field in self:
            blocks.get(field.block_key, top).append(field)
        return [
            field._prepare_engine_field(rows=blocks[field.key] if field.type == "block" else ())
            for field in top
        ]

    def _prepare_engine_field(self, rows=()):
        days = (day.strip() for day in (self.grid_days or "").split(","))
        return engine.Field(
            key=self.key,
            type=self.type,
            label=self.label or "",
            text=self.help or "",
            required=self.required,
            options=tuple((option.value, option.label) for option in self.option_ids),
            conditions=tuple(condition._to_engine() for condition in self.condition_ids),
            any_condition=self.condition_join == "any",
            minimum=self.min_value or None,
            maximum=self.max_value or None,
            date_limit=self.date_limit or None,
            max_files=self.max_files or 1,
            local=self.is_local,
            rows=tuple(row._prepare_engine_field() for row in rows),
            days=tuple(int(day) for day in days if day in "1234567" and day),
            formula=self.formula or "",
            min_length=self.min_length or None,
            max_length=self.max_length or None,
            pattern=self.pattern or "",
            pattern_message=self.pattern_message or "",
        )

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    @api.model
    def _get_type_label(self, field_type):
        return dict(self._fields["type"]._description_selection(self.env))[field_type]

    def _get_definition_sentence(self, problem):
        """Why this field forbids the publication of the form."""
        params = {"label": self.label or self.key, "other": "", **dict(problem.params)}
        texts = {
            "no_label": self.env._("“%(label)s”: this field has no label.", **params),
            "duplicate_key": self.env._("“%(label)s”: another field has the same key.", **params),
            "no_options": self.env._("“%(label)s”: there is nothing to choose from.", **params),
            "impossible_range": self.env._(
                "“%(label)s”: the minimum is above the maximum.", **params
            ),
            "condition_on_itself": self.env._(
                "“%(label)s”: its condition is about itself.", **params
            ),
            "condition_unknown": self.env._(
                "“%(label)s”: its condition is about “%(other)s”, which is not in the form.",
                **params,
            ),
            "condition_later": self.env._(
                "“%(label)s”: its condition is about “%(other)s”, which comes later in the form.",
                **params,
            ),
            "condition_unreachable": self.env._(
                "“%(label)s”: its condition is about an answer that “%(other)s” cannot have.",
                **params,
            ),
        }
        return texts[problem.code]

    def _get_forbidden_sentences(self):
        """Questions that the law forbids, and health data, which have no store here."""
        self.ensure_one()
        words = [self.key, self.label, self.help, *self.option_ids.mapped("label")]
        text = " | ".join(filter(None, words)).replace("_", " ")
        params = {"label": self.label or self.key}
        reasons = {
            "nir": self.env._(
                "“%(label)s”: the social security number is never asked for.", **params
            ),
            "disability": self.env._(
                "“%(label)s”: the nature of a disability is never asked for; ask whether "
                "particular care is needed.",
                **params,
            ),
            "religion": self.env._(
                "“%(label)s”: religion is never asked for; offer neutral choices.", **params
            ),
            "origin": self.env._(
                "“%(label)s”: origin and nationality are not asked for.", **params
            ),
            "marital": self.env._(
                "“%(label)s”: the marital status is not asked for; ask who holds parental "
                "authority.",
                **params,
            ),
            "password": self.env._("“%(label)s”: a password is never asked for.", **params),
        }
        sentences = [reasons[topic] for topic in linter.forbidden_topics(text)]
        if linter.is_health(text):
            sentences.append(
                self.env._("“%(label)s”: health data are not kept with requests.", **params)
            )
        return sentences

    @api.model
    def _get_error_sentence(self, field_type, problem):
        """What to tell beside a field. The engine gives codes; the words are here."""
        params = dict(problem.params)
        if problem.code == "missing":
            return self._get_missing_sentence(field_type)
        if problem.code == "too_long":
            return self.env._(
                "This text has %(length)s characters. The maximum is %(max)s.",
                **{name: f"{value:,}".replace(",", "\xa0") for name, value in params.items()},
            )
        if problem.code == "too_many_files":
            return self.env._("There are %(count)s files. The maximum is %(max)s.", **params)
        if problem.code == "phone_digits":
            return self.env._("The number has %(count)s digits. It takes 10.", **params)
        if problem.code == "too_small":
            return self.env._("The minimum is %(min)s.", **params)
        if problem.code == "too_big":
            return self.env._("The maximum is %(max)s.", **params)
        texts = {
            "not_a_number": self.env._("Enter a whole number, such as 3."),
            "not_a_date": self.env._("Enter a date, such as 24/03/2026."),
            "date_in_the_future": self.env._("This date is in the future. Check it."),
            "date_in_the_past": self.env._("This date has passed. Choose a later one."),
            "not_an_option": self.env._("Choose one of the answers of the list."),
            "not_an_email": self.env._("Enter an e-mail address, such as nom@exemple.fr."),
            "not_a_phone": self.env._("Enter a phone number, such as 06 39 98 12 34."),
            "not_a_commune": self.env._("This commune is not known here. Check its name."),
            "not_a_postcode": self.env._("Enter a postcode of 5 digits."),
            "incomplete_address": self.env._("Enter the street and the commune."),
            "invalid": self.env._("This answer cannot be read. Enter it again."),
        }
        return texts[problem.code]

    @api.model
    def _get_missing_sentence(self, field_type):
        texts = {
            "selection": self.env._("Choose an answer."),
            "multi_selection": self.env._("Choose at least one answer."),
            "boolean": self.env._("Answer yes or no."),
            "integer": self.env._("Enter a number."),
            "date": self.env._("Enter a date."),
            "email": self.env._("Enter your e-mail address."),
            "phone": self.env._("Enter a phone number."),
            "address": self.env._("Enter the address."),
            "commune": self.env._("Choose a commune."),
            "file": self.env._("Add the document."),
            "consent": self.env._("Tick this box to go on."),
        }
        return texts.get(field_type) or self.env._("Answer this question.")

    def _format_answer(self, value):
        """A typed answer as it is read."""
        self.ensure_one()
        match self.type:
            case "date":
                return fields.Date.to_date(value).strftime("%d/%m/%Y")
            case "boolean":
                return self.env._("Yes") if value else self.env._("No")
            case "selection" | "multi_selection":
                labels = {option.value: option.label for option in self.option_ids}
                values = value if isinstance(value, list) else [value]
                return ", ".join(labels.get(each, each) for each in values)
            case "address":
                city = " ".join(filter(None, (value["zip"], value["commune"])))
                return ", ".join(filter(None, (value["street"], value["street2"], city)))
            case "commune":
                return value["label"]
            case "phone":
                return engine.format_phone(value)
            case "consent":
                on = fields.Date.to_date(value["on"]).strftime("%d/%m/%Y")
                return self.env._("Agreed on %(date)s", date=on)
        return str(value)
