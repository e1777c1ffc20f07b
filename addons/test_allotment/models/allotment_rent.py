from odoo import fields, models


class AllotmentRent(models.Model):
    """What a size of plot costs in a year."""

    _name = "allotment.rent"
    _description = "Allotment rent"
    _order = "procedure_id, sequence, id"

    procedure_id = fields.Many2one(
        "procedure.procedure", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Size", required=True)
    amount = fields.Integer("Rent of a year")
