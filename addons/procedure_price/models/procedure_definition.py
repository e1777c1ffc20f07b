from odoo import api, models

ROWS = {
    "tariff_who_ids": ("applicants", 20),
    "tariff_ids": ("prices", 500),
}


class ProcedureDefinition(models.AbstractModel):
    """The prices go with the form, in a file too."""

    _inherit = "procedure.definition"

    @api.model
    def _get_rows(self, model):
        rows = super()._get_rows(model)
        return {**rows, **ROWS} if model == "procedure.version" else rows

    @api.model
    def _get_left_out(self, model):
        left_out = super()._get_left_out(model)
        if model in ("procedure.tariff", "procedure.tariff.who"):
            return {*left_out, "version_id", "sequence"}
        # The contract with the Treasury is that of this platform.
        return {*left_out, "payfip_number"} if model == "procedure.procedure" else left_out

    @api.model
    def _get_row_words(self):
        return {
            **super()._get_row_words(),
            "applicants": self.env._("kind of applicant"),
            "prices": self.env._("price"),
        }
