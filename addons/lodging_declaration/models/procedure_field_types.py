from odoo import api, models

from ..field_types import LODGING_NUMBER


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), LODGING_NUMBER.code: LODGING_NUMBER}
