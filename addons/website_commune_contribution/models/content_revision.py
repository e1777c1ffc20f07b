from odoo import models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def _get_preview(self):
        """As it will be once accepted: the page of a commune that had not begun is on trial."""
        preview = super()._get_preview()
        if self.sudo().res_model == "territory.commune" and preview.page_state == "closed":
            preview.page_state = preview._get_state_shown()
        return preview

    def _write_content(self, content_sudo):
        """What a town hall wrote, and somebody accepted, shows: its page is on trial from then.

        Taken off the site, it is that of a commune that has not begun; then it is as it was.
        """
        content_sudo = super()._write_content(content_sudo)
        if content_sudo._name != "territory.commune":
            return content_sudo
        if self.kind == "remove":
            content_sudo.page_state_before = content_sudo.page_state
            content_sudo.page_state = "closed"
        elif content_sudo.page_state == "closed":
            content_sudo.page_state = content_sudo._get_state_shown()
            content_sudo.page_state_before = False
        return content_sudo
