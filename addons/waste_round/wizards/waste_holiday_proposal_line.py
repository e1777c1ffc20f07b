from odoo import fields, models


class WasteHolidayProposalLine(models.TransientModel):
    _name = "waste.holiday.proposal.line"
    _description = "Public holiday of a year"
    _order = "date, id"

    proposal_id = fields.Many2one("waste.holiday.proposal", required=True, ondelete="cascade")
    date = fields.Date("Day", required=True)
    name = fields.Char("Public holiday", required=True)
    operation = fields.Selection(
        lambda self: (
            self.env["waste.holiday.proposal"]._fields["operation"]._description_selection(self.env)
        ),
        required=True,
        default="week",
    )
