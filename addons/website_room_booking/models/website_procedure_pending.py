from odoo import models


class WebsiteProcedurePending(models.Model):
    _inherit = "website.procedure.pending"

    def unlink(self):
        """What is deleted or given up keeps no room; what is sent has taken its own."""
        for pending in self:
            self.env["room.booking"].sudo()._release_held(pending._get_slot_holder())
        return super().unlink()
