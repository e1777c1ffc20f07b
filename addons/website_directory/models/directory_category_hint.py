from odoo import fields, models


class DirectoryCategoryHint(models.Model):
    """What a category proposes to whoever writes a sheet, field by field."""

    _name = "directory.category.hint"
    _description = "Question of a sheet"
    _order = "sequence, id"

    category_id = fields.Many2one(
        "directory.category", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    field = fields.Selection("_select_field", required=True, string="Part of the sheet")
    name = fields.Char("Question", required=True, translate=True)

    _field_uniq = models.Constraint(
        "UNIQUE(category_id, field)", "This part of the sheet already has its question."
    )

    def _select_field(self):
        Entry = self.env["directory.entry"]
        return [
            (name, Entry._fields[name]._description_string(self.env))
            for name in (*Entry._get_approval_fields(), "body")
        ]
