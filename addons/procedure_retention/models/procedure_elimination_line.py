from odoo import fields, models


class ProcedureEliminationLine(models.Model):
    """What a list for the Archives says of one kind of requests: never who."""

    _name = "procedure.elimination.line"
    _description = "Line of an elimination list"
    _order = "kind, id"
    _rec_name = "kind"

    elimination_id = fields.Many2one(
        "procedure.elimination", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Char(string="Nature", required=True, readonly=True)
    service = fields.Char(readonly=True)
    delay = fields.Char(readonly=True)
    date_from = fields.Date(string="First request", readonly=True)
    date_to = fields.Date(string="Last request", readonly=True)
    quantity = fields.Integer(readonly=True)
