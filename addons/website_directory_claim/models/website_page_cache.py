from odoo import api, models


class WebsitePageCache(models.AbstractModel):
    _inherit = "website.page.cache"

    @api.model
    def _get_shown_models(self):
        """A sheet says whether somebody keeps it: those who act for its owner."""
        return super()._get_shown_models() | {"partner.delegate"}
