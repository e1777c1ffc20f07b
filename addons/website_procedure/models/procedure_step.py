from odoo import fields, models


class ProcedureStep(models.Model):
    _inherit = "procedure.step"

    is_public = fields.Boolean(
        string="Shown to the applicant",
        help="The applicant reads the name of the step and its date on the page of the request.",
    )
