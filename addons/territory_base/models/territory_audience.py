from odoo import fields, models


class TerritoryAudience(models.Model):
    _name = "territory.audience"
    _description = "Audience"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    icon = fields.Char(help="Name of the drawing shown beside the name.")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
