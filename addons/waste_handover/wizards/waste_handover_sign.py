from odoo import fields, models
from odoo.exceptions import UserError

from ..models.waste_handover import REASONS


class WasteHandoverSign(models.TransientModel):
    """A delivery or a collection on the phone of the agent of the round."""

    _name = "waste.handover.sign"
    _description = "Signature at the door"

    move_id = fields.Many2one("waste.container.move", required=True, readonly=True)
    kind = fields.Selection(related="move_id.kind")
    container_id = fields.Many2one(related="move_id.container_id")
    volume = fields.Integer(related="move_id.volume")
    dwelling_id = fields.Many2one(related="move_id.dwelling_id")
    signer_name = fields.Char("Name of the person who signs")
    signature = fields.Binary(attachment=False)
    reason = fields.Selection(REASONS, "Not done because")
    note = fields.Char("Remark")

    def action_sign(self):
        self.ensure_one()
        if not self.signature or not (self.signer_name or "").strip():
            raise UserError(self.env._("The name and the signature are missing."))
        self.move_id._hand_over(self.signature, self.signer_name.strip())
        return self._close()

    def action_fail(self):
        self.ensure_one()
        if not self.reason:
            raise UserError(self.env._("Say why it was not done."))
        self.move_id._fail_handover(self.reason, self.note)
        return self._close()

    def _close(self):
        """Nothing of the person stays in the wizard; the round behind it reads itself again."""
        self.write({"signature": False, "signer_name": False, "note": False})
        return {"type": "ir.actions.act_window_close"}
