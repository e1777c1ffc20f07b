from odoo import api, models

from ..field_types import ROOM_TYPE


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), ROOM_TYPE.code: ROOM_TYPE}
