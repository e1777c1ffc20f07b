from odoo import models
from odoo.tools.sql import column_exists


class IrModel(models.Model):
    _inherit = "ir.model"

    def unlink(self):
        """The addon of a type goes with its records: the answers keep their words, and point to
        nothing. When this addon goes too, its columns may be gone already."""
        names = self.mapped("model")
        if column_exists(self.env.cr, "procedure_answer", "res_model"):
            answers_sudo = self.env["procedure.answer"].sudo()
            answers_sudo.search([("res_model", "in", names)]).write(
                {"res_model": False, "res_id": False}
            )
        return super().unlink()
