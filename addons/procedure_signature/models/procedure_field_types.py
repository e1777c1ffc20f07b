from odoo import api, models

from ..field_types import SIGNATURE_TYPES


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), **{kind.code: kind for kind in SIGNATURE_TYPES}}
