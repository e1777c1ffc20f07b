from odoo import api, fields, models


class HouseholdChangeRefusal(models.TransientModel):
    _name = "household.change.refusal"
    _description = "Refusal of a proposed change"

    line_id = fields.Many2one("household.change.line", required=True, readonly=True)
    reason = fields.Text(required=True)

    @api.constrains("line_id")
    def _check_line_id(self):
        self.line_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        values.setdefault("line_id", self.env.context.get("active_id"))
        return values

    def action_refuse(self):
        self.ensure_one()
        self.line_id.action_refuse(self.reason)
