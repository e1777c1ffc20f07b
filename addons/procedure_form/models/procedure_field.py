import re
import unicodedata
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import engine
from ..fields import OptionalInteger

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
KEY_LENGTH = 40
# Names of other inputs of the same page: the identity of a visitor, the documents asked again.
RESERVED_PATTERN = re.compile(r"contact_.*|piece_[0-9]+|csrf_token")


class ProcedureField(models.Model):
    _name = "procedure.field"
    _description = "Form field"
    _inherit = [
        "procedure.version.part",
        "procedure.field.words",
        "procedure.field.summary",
        "procedure.field.check",
        "procedure.field.record",
    ]
    _order = "version_id, sequence, id"
    _rec_name = "label"

    version_id = fields.Many2one("procedure.version", required=True, index=True, ondelete="cascade")
    procedure_id = fields.Many2one(related="version_id.procedure_id")
    sequence = fields.Integer(default=10)
    key = fields.Char(
        help="Stable name of the answer: same key and same type in every version. "
        "Made from the label when it is empty.",
    )
    label = fields.Char(translate=True)
    type = fields.Selection(
        selection=lambda self: self.env["procedure.field.types"]._get_labels(),
        required=True,
        default="char",
    )
    required = fields.Boolean()
    may_follow = fields.Boolean(
        string="May follow",
        help="Required, but the request may be sent without it: the acknowledgment asks for it, "
        "with a day.",
    )
    help = fields.Text(translate=True, string="Help text")
    option_ids = fields.One2many("procedure.field.option", "field_id", string="Choices", copy=True)
    condition_ids = fields.One2many(
        "procedure.field.condition",
        "field_id",
        string="Conditions",
        domain=[("purpose", "=", "show")],
        copy=True,
    )
    condition_join = fields.Selection(
        [("all", "All conditions"), ("any", "One condition is enough")],
        default="all",
        required=True,
        string="Shown when",
    )
    require_ids = fields.One2many(
        "procedure.field.condition",
        "field_id",
        string="Conditions to be required",
        domain=[("purpose", "=", "require")],
        context={"default_purpose": "require"},
        copy=True,
        help="Required when they hold, optional otherwise.",
    )
    require_join = fields.Selection(
        [("all", "All conditions"), ("any", "One condition is enough")],
        default="all",
        required=True,
        string="Required when",
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
            ("child_firstname", "First name of the child chosen"),
            ("child_lastname", "Last name of the child chosen"),
            ("child_birthdate", "Birth date of the child chosen"),
            ("organisation_name", "Name of the organisation chosen"),
            ("organisation_kind", "Kind of the organisation chosen"),
            ("organisation_siret", "SIRET number of the organisation chosen"),
            ("organisation_rna", "RNA number of the organisation chosen"),
            ("organisation_phone", "Phone of the organisation chosen"),
            ("organisation_email", "E-mail of the organisation chosen"),
        ],
        help="Where a signed-in person's first answer comes from.",
    )
    min_value = OptionalInteger(string="Minimum")
    max_value = OptionalInteger(string="Maximum")
    lowest = fields.Char(string="Not below", help="Written as an answer: 0,5 or 12,50 or 8h30.")
    highest = fields.Char(string="Not above", help="Written as an answer: 0,5 or 12,50 or 8h30.")
    decimals = fields.Integer(default=2, string="Digits after the comma")
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
    keeps_file = fields.Boolean(
        string="Kept with the request",
        help="Otherwise the file only serves the check: it goes soon after the answer.",
    )
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
    min_length = OptionalInteger(string="Minimum length")
    max_length = OptionalInteger(string="Maximum length")
    pattern = fields.Char(string="Expected form", help="A regular expression, such as [A-Z]{2}.")
    pattern_message = fields.Char(
        translate=True, string="What to tell", help="Said when the answer has another form."
    )

    _key_set = models.Constraint("CHECK(key IS NOT NULL AND key != '')", "A field has a key.")
    _key_uniq = models.Constraint(
        "UNIQUE(version_id, key)", "Two fields of one form have the same key."
    )

    @api.constrains("key")
    def _check_key(self):
        for field in self:
            if not KEY_PATTERN.fullmatch(field.key or ""):
                raise ValidationError(
                    self.env._(
                        "The key “%(key)s” may hold small letters, digits and _ only, "
                        "and starts with a letter.",
                        key=field.key,
                    )
                )
            if RESERVED_PATTERN.fullmatch(field.key):
                raise ValidationError(
                    self.env._(
                        "“%(label)s”: the key “%(key)s” is kept for the page itself. "
                        "Choose another key.",
                        label=field.label or field.key,
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
        return super().create(self._fill_keys(vals_list))

    @api.model
    def _fill_keys(self, vals_list):
        """A key for each field that comes without one, from its label: one that no version of the
        procedure has, as a new question is not an old one."""
        if all(vals.get("key") for vals in vals_list):
            return vals_list
        used = {}
        filled = []
        for vals in vals_list:
            version_id = vals.get("version_id") or self.env.context.get("default_version_id")
            if version_id not in used:
                procedure = self.env["procedure.version"].browse(version_id).procedure_id
                others = self.search([("version_id.procedure_id", "=", procedure.id)])
                used[version_id] = {*others.mapped("key")} | {
                    other["key"]
                    for other in vals_list
                    if other.get("key") and other.get("version_id", version_id) == version_id
                }
            if not vals.get("key"):
                key = self._make_key(vals.get("label") or vals.get("type"), used[version_id])
                used[version_id].add(key)
                vals = {**vals, "key": key}
            filled.append(vals)
        return filled

    @api.model
    def _make_key(self, label, used):
        text = unicodedata.normalize("NFKD", (label or "").lower().replace("œ", "oe"))
        text = "".join(char for char in text if not unicodedata.combining(char))
        words = "_".join(re.findall(r"[a-z0-9]+", text))[:KEY_LENGTH].strip("_") or "question"
        if not words[0].isalpha() or RESERVED_PATTERN.fullmatch(words):
            words = f"q_{words}"
        key, number = words, 2
        while key in used:
            key, number = f"{words}_{number}", number + 1
        return key

    def _get_type(self):
        """What its type does: see `FieldType`. Of none, a short text."""
        return self.env["procedure.field.types"]._get_type(self.type or "char")

    def _may_follow(self):
        """Whether a required answer or document may be sent once the request is filed."""
        self.ensure_one()
        kind = self._get_type()
        can_follow = kind.holds in ("answer", "files") and kind.widget != "consent"
        is_asked = self.may_follow and (self.required or bool(self.require_ids))
        return is_asked and can_follow and not self.block_key

    def _is_asked_later(self):
        """Hook: whether a request comes in without it, and somebody asks for it then."""
        return False

    def _get_rows(self):
        """The fields of this block, in their order."""
        self.ensure_one()
        if self._get_type().holds != "rows":
            return self.browse()
        return self.version_id.field_ids.filtered(lambda field: field.block_key == self.key)

    def _get_validity_date(self, today, season=None, issued_on=None):
        """Until when a document received today is valid; False without end, and as long as nobody
        has read on it the date from which its months run."""
        self.ensure_one()
        match self.validity_kind:
            case "months":
                return issued_on and issued_on + relativedelta(months=max(self.validity_months, 0))
            case "until":
                return self.validity_until
            case "school_year":
                found = re.fullmatch(r"[0-9]{4}-([0-9]{4})", season or "")
                # In July and August, people already speak of the next one.
                year = int(found[1]) if found else today.year + (today.month >= 7)
                return date(year, 8, 31)
        return False

    def _to_engine(self):
        """Plain definitions: the engine knows no ORM. The fields of a block are in its rows."""
        blocks = {field.key for field in self if field._get_type().holds == "rows"}
        return [
            field._prepare_engine_field(field._get_rows())
            for field in self
            if field.block_key not in blocks
        ]

    def _prepare_engine_field(self, rows=()):
        days = (day.strip() for day in (self.grid_days or "").split(","))
        return engine.Field(
            key=self.key,
            type=self.type,
            label=self.label or "",
            text=self.help or "",
            required=self.required,
            may_follow=self._is_asked_later(),
            options=tuple((option.value, option.label) for option in self.option_ids),
            free=tuple(option.value for option in self.option_ids if option.is_free),
            conditions=tuple(condition._to_engine() for condition in self.condition_ids),
            any_condition=self.condition_join == "any",
            require=tuple(condition._to_engine() for condition in self.require_ids),
            any_require=self.require_join == "any",
            minimum=self.min_value,
            maximum=self.max_value,
            lowest=(self.lowest or "").strip(),
            highest=(self.highest or "").strip(),
            decimals=self.decimals,
            date_limit=self.date_limit or None,
            max_files=self.max_files or 1,
            local=self.is_local,
            rows=tuple(row._prepare_engine_field() for row in rows),
            days=tuple(int(day) for day in days if re.fullmatch("[1-7]", day)),
            formula=self.formula or "",
            url=self.url or "",
            min_length=self.min_length,
            max_length=self.max_length,
            pattern=self.pattern or "",
            pattern_message=self.pattern_message or "",
            behaviour=self._get_type(),
        )
