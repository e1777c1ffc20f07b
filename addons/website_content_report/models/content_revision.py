from odoo import models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _apply(self, log):
        """What readers said was wrong, and this change corrects, is answered."""
        content = super()._apply(log)
        self.env["content.report"]._close_corrected(self)
        return content
