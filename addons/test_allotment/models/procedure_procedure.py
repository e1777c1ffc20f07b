from odoo import api, fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[("allotment", "Allotment")], ondelete={"allotment": "set generic"}
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == "allotment":
            keys |= {"garden_project": "text", "plot_size": "selection"}
        return keys
