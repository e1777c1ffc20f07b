from odoo import models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _get_preview(self):
        """As it will be once accepted: the page of a commune that had not begun is on trial."""
        preview = super()._get_preview()
        if self.sudo().res_model == "territory.commune" and preview.page_state == "closed":
            preview.page_state = "pilot"
        return preview

    def _write_content(self, content_sudo):
        """What a town hall wrote, and somebody accepted, shows: its page is on trial from then."""
        content_sudo = super()._write_content(content_sudo)
        if content_sudo._name == "territory.commune" and content_sudo.page_state == "closed":
            content_sudo.page_state = "pilot"
        return content_sudo
