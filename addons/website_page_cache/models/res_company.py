from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def cache_invalidation_fields(self):
        """The partners of companies are remembered (`website.page.cache`)."""
        return super().cache_invalidation_fields() | {"partner_id"}
