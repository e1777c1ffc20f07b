from odoo import api, models


class WebsitePageCache(models.AbstractModel):
    _inherit = "website.page.cache"

    @api.model
    def _get_shown_models(self):
        return super()._get_shown_models() | {"procedure.tariff"}
