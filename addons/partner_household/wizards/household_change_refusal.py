from odoo import fields, models


class HouseholdChangeRefusal(models.TransientModel):
    _name = "household.change.refusal"
    _description = "Refusal of a proposed change"
    _inherit = ["household.change.decision"]

    reason = fields.Text(required=True)

    def action_refuse(self):
        self.ensure_one()
        self.line_id.action_refuse(self.reason)
