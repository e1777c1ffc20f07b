from odoo import models


class ProcedureField(models.Model):
    _inherit = "procedure.field"

    def _is_asked_later(self):
        """The request is filed without it, and the acknowledgment asks for it with a day."""
        return super()._is_asked_later() or self._may_follow()
