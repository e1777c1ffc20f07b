from odoo import fields, models

# One of its events is a death: nobody is asked then whether she is satisfied.
UNASKED_KINDS = ("household_report",)


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    has_survey = fields.Boolean(default=True)

    def _asks_survey(self):
        self.ensure_one()
        return self.has_survey and self.kind not in UNASKED_KINDS
