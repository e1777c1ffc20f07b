from itertools import takewhile

from odoo import api, models

from ..field_types import HOUSEHOLD_TYPES


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        """People and homes come before the schools, in the list where one is chosen."""
        types = super()._get_types()
        before = takewhile(lambda item: item[0] != "school", types.items())
        return {**dict(before), **HOUSEHOLD_TYPES, **types}
