from odoo import api, fields, models


class HouseholdChangeRefusal(models.TransientModel):
    _name = "household.change.refusal"
    _description = "Refusal of a proposed change"
    _inherit = ["household.change.decision"]

    reason = fields.Text(required=True)
    reason_placeholder = fields.Char(compute="_compute_reason_placeholder")

    @api.depends("line_id")
    def _compute_reason_placeholder(self):
        for refusal in self:
            subject = refusal.line_id.change_id.subject_id
            is_organisation = bool(subject) and subject._is_organisation()
            refusal.reason_placeholder = (
                self.env._("Read by the organisation.")
                if is_organisation
                else self.env._("Read by the household.")
            )

    def action_refuse(self):
        self.ensure_one()
        self.line_id.action_refuse(self.reason)
