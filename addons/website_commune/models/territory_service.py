from odoo import api, models

# Which service is the town hall of a commune follows from them.
CHOOSING = {"active", "code", "commune_ids", "kind", "name", "sequence"}


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

    @api.model_create_multi
    def create(self, vals_list):
        """One without details may hide the town hall that has some."""
        kinds = {vals.get("kind") for vals in [self.default_get(["kind"]), *vals_list]}
        if "town_hall" not in kinds:
            return super().create(vals_list)
        with self.env["territory.commune"]._keeping_town_halls():
            return super().create(vals_list)

    def write(self, vals):
        if not CHOOSING & set(vals):
            return super().write(vals)
        with self.env["territory.commune"]._keeping_town_halls():
            return super().write(vals)
