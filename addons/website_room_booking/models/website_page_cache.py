from odoo import api, models


class WebsitePageCache(models.AbstractModel):
    _inherit = "website.page.cache"

    @api.model
    def _get_shown_models(self):
        """The list of procedures says which communes their rooms are open to."""
        return super()._get_shown_models() | {"room.room"}
