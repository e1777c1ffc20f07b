from odoo import fields, models


class CommuneSharedBlock(models.Model):
    """What the intercommunality tells the people of its communes: each page of them shows it."""

    _name = "commune.shared.block"
    _description = "Block of the intercommunality"
    _order = "sequence, name, id"

    name = fields.Char("Title", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    place = fields.Selection(
        [("main", "In the page"), ("side", "Beside it")], required=True, default="side"
    )
    body = fields.Html("Text", required=True)
    commune_ids = fields.Many2many(
        "territory.commune", string="Communes concerned", help="Empty: all of them."
    )
