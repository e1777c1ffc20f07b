from odoo import api, models
from odoo.fields import Domain


class CommunePage(models.Model):
    _inherit = "commune.page"

    @api.model
    def _get_preview_template(self):
        return "website_commune_contribution.page_preview"

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        return Domain("commune_id", "in", communes.ids)
