from odoo import api, models

from ..field_types import SLOT_TYPE


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), SLOT_TYPE.code: SLOT_TYPE}
