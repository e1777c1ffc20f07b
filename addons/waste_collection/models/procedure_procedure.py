from odoo import api, fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[("waste_container", "Waste bin")],
        ondelete={"waste_container": "set generic"},
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == "waste_container":
            keys = {
                **keys,
                "waste_request": "selection",
                "dwelling_kind": "selection",
                "address": "address",
                "new_address": "address",
                "household_size": "integer",
                "occupant_status": "selection",
                "date_in": "date",
                "date_out": "date",
                "container_number": "char",
            }
        return keys
