from odoo import fields, models


class HouseholdChangeAcceptance(models.TransientModel):
    """Of a change that is not accepted on a word alone."""

    _name = "household.change.acceptance"
    _description = "Acceptance of a proposed change, with what was seen"
    _inherit = ["household.change.decision"]

    evidence = fields.Text("What was seen", required=True)

    def action_accept(self):
        self.ensure_one()
        self.line_id.action_accept(self.evidence)
