from odoo import api, fields, models


class HouseholdChangeDecision(models.AbstractModel):
    """One line, and the words of the person who decides on it."""

    _name = "household.change.decision"
    _description = "Decision on a proposed change"

    line_id = fields.Many2one("household.change.line", required=True, readonly=True)

    @api.constrains("line_id")
    def _check_line_id(self):
        self.line_id.sudo(False).check_access("read")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        values.setdefault("line_id", self.env.context.get("active_id"))
        return values
