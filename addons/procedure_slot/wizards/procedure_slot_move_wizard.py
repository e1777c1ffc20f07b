from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.exceptions import AnswersInvalid


class ProcedureSlotMoveWizard(models.TransientModel):
    """An agent moves the slot of somebody who called: the free ones are proposed."""

    _name = "procedure.slot.move.wizard"
    _description = "Move a slot"

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, ondelete="cascade"
    )
    question_key = fields.Char("Question", required=True, readonly=True)
    current = fields.Char("Today", readonly=True)
    option_ids = fields.One2many("procedure.slot.move.option", "wizard_id", "Free slots")
    option_id = fields.Many2one(
        "procedure.slot.move.option",
        "New slot",
        domain="[('id', 'in', option_ids)]",
        ondelete="cascade",
    )

    def action_confirm(self):
        """The former one is free once the new one is taken; the person is written to."""
        self.ensure_one()
        if not self.option_id or self.option_id.wizard_id != self:
            raise UserError(self.env._("Choose a slot."))
        try:
            self.request_id._move_slot(self.question_key, self.option_id.start, actor="agent")
        except AnswersInvalid as refused:
            raise UserError(" ".join(refused.errors.values())) from refused
        return {"type": "ir.actions.act_window_close"}
