from odoo import api, models


class WebsitePageCache(models.AbstractModel):
    _inherit = "website.page.cache"

    @api.model
    def _get_shown_models(self):
        shown = {"waste.round", "waste.round.street", "waste.round.shift"}
        return super()._get_shown_models() | shown
