from odoo import api, models

from ..officer_type import OFFICER_TYPES


class HouseholdChangeTypes(models.AbstractModel):
    _inherit = "household.change.types"

    @api.model
    def _get_types(self):
        """Who comes before who leaves: an organisation is never left to nobody."""
        officers = {each.code: each for each in OFFICER_TYPES}
        others = {code: each for code, each in super()._get_types().items() if code not in officers}
        return {**others, **officers}
