from odoo import api, models


class ProcedureDefinition(models.AbstractModel):
    """The relations of a procedure are found by themselves, its rows are named here."""

    _inherit = "procedure.definition"

    @api.model
    def _get_left_out(self, model):
        """The rows of a file are inside their procedure: they do not name it."""
        left_out = super()._get_left_out(model)
        return left_out | {"procedure_id", "sequence"} if model == "allotment.rent" else left_out

    @api.model
    def _get_rows(self, model):
        rows = super()._get_rows(model)
        return {**rows, "rent_ids": ("rents", 20)} if model == "procedure.procedure" else rows

    @api.model
    def _get_row_words(self):
        return {**super()._get_row_words(), "rents": self.env._("rent")}
