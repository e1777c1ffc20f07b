from odoo import fields, models


class ProcedureLetter(models.Model):
    _inherit = "procedure.letter"

    kind = fields.Selection(
        selection_add=[("room_agreement", "Agreement for a room")],
        ondelete={"room_agreement": "cascade"},
    )

    def _get_signer(self):
        """Two sign an agreement, side by side in its words."""
        return False if self.kind == "room_agreement" else super()._get_signer()
