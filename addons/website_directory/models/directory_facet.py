from odoo import fields, models


class DirectoryFacet(models.Model):
    """What a place offers, ticked on its sheet: bread, parcels, home visits."""

    _name = "directory.facet"
    _description = "What a place of the directory offers"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable: it is written in addresses and in files.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_ids = fields.Many2many(
        "directory.category", string="Categories", help="Empty: every category."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
