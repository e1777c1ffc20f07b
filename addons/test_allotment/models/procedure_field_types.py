from odoo import api, models

from ..field_types import PLOT_TYPE


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        return {**super()._get_types(), PLOT_TYPE.code: PLOT_TYPE}
