import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

# In names of inputs and in lists of values: neither point nor comma.
VALUE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class ProcedureListRow(models.Model):
    _name = "procedure.list.row"
    _description = "Row of a shared list"
    _order = "list_id, sequence, label, id"
    _rec_names_search = ["label", "value"]

    list_id = fields.Many2one("procedure.list", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    value = fields.Char(
        required=True, help="Code kept in the answers: it never changes, and is never shown."
    )
    label = fields.Char(required=True)
    date_from = fields.Date(string="Proposed from")
    date_to = fields.Date(string="Proposed until", help="That day included.")
    parent_kind = fields.Selection(related="list_id.parent_kind")
    parent_id = fields.Many2one(
        "procedure.list.row",
        string="Row of the other list",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: proposed whatever the answer above.",
    )
    commune_id = fields.Many2one(
        "territory.commune",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: proposed whatever the commune.",
    )
    is_free = fields.Boolean(
        string="To be specified",
        help="Words are asked of whoever chooses it, such as “Other: …”.",
    )

    _value_uniq = models.Constraint(
        "UNIQUE(list_id, value)", "Two rows of one list have the same code."
    )
    _period_valid = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A row cannot end before it begins.",
    )

    @api.depends("label")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.label

    @api.constrains("value")
    def _check_value(self):
        for row in self:
            if not VALUE_PATTERN.fullmatch(row.value):
                raise ValidationError(
                    self.env._(
                        "The code “%(value)s” may hold letters without accent, digits, - and _.",
                        value=row.value,
                    )
                )

    @api.constrains("list_id", "parent_id", "commune_id")
    def _check_parent(self):
        for row in self:
            kind, other = row.list_id.parent_kind, row.list_id.parent_list_id
            is_wrong = row.commune_id if kind != "commune" else row.parent_id
            if kind == "none":
                is_wrong = row.commune_id or row.parent_id
            elif kind == "list" and row.parent_id and row.parent_id.list_id != other:
                is_wrong = True
            if is_wrong:
                raise ValidationError(
                    self.env._(
                        "“%(label)s”: its parent is not of the kind by which the list “%(list)s” "
                        "is filtered.",
                        label=row.label,
                        list=row.list_id.name,
                    )
                )

    def write(self, vals):
        """Its code is in the answers."""
        for name in ("value", "list_id"):
            if name in vals and any(row._get_stored(name) != vals[name] for row in self):
                self._check_not_held()
        return super().write(vals)

    def _get_stored(self, name):
        return self[name].id if self._fields[name].type == "many2one" else self[name]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._check_not_held()

    def _check_not_held(self):
        for each, rows in self.grouped("list_id").items():
            held = each._get_held_values()
            labels = [row.label for row in rows if row.value in held]
            if labels:
                raise UserError(
                    self.env._(
                        "“%(label)s” is the answer of a request, or named by a form: give it an "
                        "end instead.",
                        label=labels[0],
                    )
                )

    @api.model
    def _get_offer_domain(self):
        today = clock.today()
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", today)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        )

    @api.model
    def _get_parent_domain(self, kind, parents):
        """Those of these parents, and those of all."""
        name, code = {
            "commune": ("commune_id", "commune_id.insee_code"),
            "list": ("parent_id", "parent_id.value"),
        }[kind]
        return Domain(name, "=", False) | Domain(code, "in", list(parents))

    def _get_parent_code(self):
        return self.commune_id.insee_code or self.parent_id.value or ""

    def _get_parent_label(self):
        return self.commune_id.name or self.parent_id.label or ""

    def _get_full_label(self):
        """With its parent, where rows of several are read together."""
        parent = self._get_parent_label()
        return f"{self.label} ({parent})" if parent else self.label
