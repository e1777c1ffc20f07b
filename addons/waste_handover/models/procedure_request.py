from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _forget(self):
        """Who signed at the door goes with who asked."""
        self.container_move_ids.handover_ids._forget_persons()
        return super()._forget()
