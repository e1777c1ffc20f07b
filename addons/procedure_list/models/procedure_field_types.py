from odoo import api, models

from ..field_types import LIST_TYPE, LISTS_TYPE


class ProcedureFieldTypes(models.AbstractModel):
    _inherit = "procedure.field.types"

    @api.model
    def _get_types(self):
        own = {asked.code: asked for asked in (LIST_TYPE, LISTS_TYPE)}
        return {**super()._get_types(), **own}
