from odoo import fields, models


class HouseholdChange(models.Model):
    _name = "household.change"
    _description = "Proposed change of a household"
    _order = "create_date desc, id desc"

    household_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        domain=[("kind", "=", "household")],
    )
    requester_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("household.change.line", "change_id", "Changes", readonly=True)
