from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _on_submitted(self):
        result = super()._on_submitted()
        for request in self.filtered("procedure_id.notify_at_once"):
            self.env["procedure.digest"]._send_at_once(request)
        return result
