from odoo import fields, models


class HouseholdChangeLine(models.Model):
    _name = "household.change.line"
    _description = "Line of a proposed change"
    _order = "change_id, id"

    change_id = fields.Many2one(
        "household.change", required=True, index=True, readonly=True, ondelete="cascade"
    )
    person_id = fields.Many2one("res.partner", readonly=True, index=True, ondelete="cascade")
    field_key = fields.Char(required=True, readonly=True)
    old_text = fields.Char("Before", readonly=True)
    new_text = fields.Char("After", readonly=True)
    new_value = fields.Json(readonly=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
    )
    reason = fields.Text(readonly=True)
