from odoo import api, models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    @api.model
    def _mark_online(self, content_sudo, is_online):
        """A link that was corrected is not told any more."""
        result = super()._mark_online(content_sudo, is_online)
        self.env["content.link"]._forget_gone(content_sudo)
        return result
