from odoo import fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    shows_waiting_rank = fields.Boolean(
        string="Rank shown",
        help="Who is on the waiting list reads her place there, by date of sending.",
    )
