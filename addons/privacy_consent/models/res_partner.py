from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _join_child(self, child):
        """What was answered about her sheet is answered about the common one."""
        self.env["privacy.consent"].search([("person_id", "=", self.id)]).person_id = child
        return super()._join_child(child)
