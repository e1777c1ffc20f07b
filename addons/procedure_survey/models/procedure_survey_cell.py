from odoo import api, fields, models
from odoo.tools import format_date


class ProcedureSurveyCell(models.AbstractModel):
    """Of when and of what answers that were counted together are."""

    _name = "procedure.survey.cell"
    _description = "Month and procedure of answers counted together"

    month = fields.Date(
        "First day of the month",
        required=True,
        readonly=True,
        help="That of the last answer counted.",
    )
    month_label = fields.Char("Month", compute="_compute_month_label")
    procedure_id = fields.Many2one(
        "procedure.procedure",
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Empty: too few people answered to say of which procedure.",
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_label(self):
        for cell in self:
            cell.month_label = format_date(self.env, cell.month, date_format="MMMM yyyy")

    @api.depends("month_label")
    def _compute_display_name(self):
        for cell in self:
            cell.display_name = cell.month_label
