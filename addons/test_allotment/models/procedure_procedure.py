from odoo import api, fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[("allotment", "Allotment")], ondelete={"allotment": "set generic"}
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        return {**keys, "garden_project": "text"} if kind == "allotment" else keys
