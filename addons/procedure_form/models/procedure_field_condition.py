import re

from odoo import api, fields, models

from .. import engine

UNCLEAR = re.compile(r",[0-9]|;")
BETWEEN_DECIMALS = re.compile(r";|,(?![0-9])")


class ProcedureFieldCondition(models.Model):
    """When a field is shown, or required; see `condition_join` and `require_join` for several."""

    _name = "procedure.field.condition"
    _inherit = "procedure.version.part"
    _description = "Condition of a form field"
    _order = "field_id, sequence, id"

    field_id = fields.Many2one("procedure.field", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    purpose = fields.Selection(
        [("show", "Shown"), ("require", "Required")], required=True, default="show"
    )
    key = fields.Char(string="Question", required=True, help="Key of a field above.")
    operator = fields.Selection(
        [
            ("=", "is"),
            ("!=", "is not"),
            ("in", "is one of"),
            ("set", "is answered"),
            ("not set", "is not answered"),
            ("<", "is below"),
            ("<=", "is at most"),
            (">", "is above"),
            (">=", "is at least"),
        ],
        required=True,
        default="=",
    )
    value = fields.Char(
        help="Several values are separated by commas; numbers with decimals, by semicolons."
    )

    @api.depends("key", "operator", "value")
    def _compute_display_name(self):
        operators = dict(self._fields["operator"]._description_selection(self.env))
        for condition in self:
            words = (condition.key, operators.get(condition.operator), condition.value)
            condition.display_name = " ".join(filter(None, words))

    def _get_versions(self):
        return self.field_id.version_id

    def _to_engine(self):
        values = self._split_values()
        return engine.Condition(
            key=(self.key or "").strip(),
            operator=self.operator or "set",
            values=tuple(value.strip() for value in values if value.strip()),
        )

    def _split_values(self):
        """Where numbers have decimals, a comma right before a digit is that of a number."""
        value = self.value or ""
        if UNCLEAR.search(value):
            form_fields = self.field_id.version_id.field_ids
            asked = form_fields.filtered(lambda field: field.key == (self.key or "").strip())[:1]
            if asked and not asked._get_type().is_whole:
                return BETWEEN_DECIMALS.split(value)
        return value.split(",")
