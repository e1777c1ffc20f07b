from odoo import models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _give_up(self):
        """What it would have corrected waits for an answer again."""
        result = super()._give_up()
        self.env["content.report"]._reopen_given_up(self)
        return result

    def _apply(self, log):
        """What readers said was wrong, and this change corrects, is answered."""
        content = super()._apply(log)
        self.env["content.report"]._close_corrected(self)
        return content
