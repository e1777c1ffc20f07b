from odoo import api, models

from ..field_types import HOUSEHOLD_TYPES


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), **HOUSEHOLD_TYPES}

    @api.model
    def _get_labels(self):
        """People and homes come before the schools, in the list where a type is chosen."""
        labels = super()._get_labels()
        own = [each for each in labels if each[0] in HOUSEHOLD_TYPES]
        others = [each for each in labels if each not in own]
        place = [code for code, _label in others].index("school")
        return [*others[:place], *own, *others[place:]]
