from odoo import api, models
from odoo.fields import Domain


class CommunePage(models.Model):
    _inherit = "commune.page"

    @api.model
    def _get_preview_template(self):
        return "website_commune_contribution.page_preview"

    @api.model
    def _get_list_title(self):
        return self.env._("Other pages of the commune")

    @api.model
    def _get_new_title(self):
        return self.env._("A new page of a commune")

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        return Domain("commune_id", "in", communes.ids)
