from odoo import api, models


class TerritoryService(models.Model):
    """The details of the town hall of a commune are part of its page: a proposal changes them."""

    _name = "territory.service"
    _inherit = ["territory.service", "content.guard.mixin"]

    @api.model
    def _get_guarded_fields(self):
        lent = self.env["territory.commune"]._get_lent_fields()
        return {*lent, "opening_ids"}

    def _filter_guarded(self):
        """Neither the services of the intercommunality, nor a town hall of no commune yet."""
        return self.filtered(lambda each: each.kind == "town_hall" and each.commune_ids)
