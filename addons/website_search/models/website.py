from odoo import api, models

from ..filters import PATH


class Website(models.Model):
    _inherit = "website"

    @api.model
    def _get_search_url(self):
        return PATH
