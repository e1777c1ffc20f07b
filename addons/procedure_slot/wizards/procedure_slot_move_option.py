from odoo import fields, models


class ProcedureSlotMoveOption(models.TransientModel):
    """A free slot, as long as the window is open."""

    _name = "procedure.slot.move.option"
    _description = "Free slot to move to"
    _order = "start, id"

    wizard_id = fields.Many2one("procedure.slot.move.wizard", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    start = fields.Datetime("Begins", required=True)
