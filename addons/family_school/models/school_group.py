from odoo import fields, models


class SchoolGroup(models.Model):
    """Regroupement pédagogique intercommunal (RPI): villages whose schools share the levels."""

    _name = "school.group"
    _description = "Grouped schools"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    school_ids = fields.One2many(
        "territory.service", "school_group_id", "Schools", domain=[("kind", "=", "school")]
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "Another group has this code.")
