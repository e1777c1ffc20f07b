from odoo import api, models

from ..officer_type import OFFICER_TYPE


class HouseholdChangeTypes(models.AbstractModel):
    _inherit = "household.change.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), OFFICER_TYPE.code: OFFICER_TYPE}
