from odoo import models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _is_answered_at_once(self):
        return super()._is_answered_at_once() or (
            self.kind == "generic" and self.sudo().version_id.field_ids._is_answered_by_slot()
        )
