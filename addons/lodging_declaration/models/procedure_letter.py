from odoo import fields, models


class ProcedureLetter(models.Model):
    _inherit = "procedure.letter"

    kind = fields.Selection(
        selection_add=[("receipt", "Receipt of a declaration")], ondelete={"receipt": "cascade"}
    )

    def _get_signer(self):
        """A receipt is given by the machine, at once: the law asks for no signature."""
        return False if self.kind == "receipt" else super()._get_signer()
