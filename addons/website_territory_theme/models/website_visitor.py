from odoo import models


class WebsiteVisitor(models.Model):
    _inherit = "website.visitor"

    def _get_visitor_from_request(self, force_create=False, force_track_values=None):
        """Nothing tracks: no addon gets a visitor, so none is created."""
        return self.browse()

    def _handle_webpage_dispatch(self, website_page):
        """Nothing tracks."""
