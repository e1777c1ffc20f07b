from odoo import api, fields, models

from odoo.addons.territory_base import clock


class WasteContainerPlan(models.TransientModel):
    """Several stops of the round at once: their day, or what was done that day."""

    _name = "waste.container.plan"
    _description = "Plan a round, or record it"

    operation = fields.Selection(
        [("plan", "Plan on this day"), ("done", "Done on this day")],
        required=True,
        default="plan",
    )
    date = fields.Date("Day", required=True, default=lambda self: clock.today())
    move_ids = fields.Many2many(
        "waste.container.move",
        string="Deliveries and collections",
        required=True,
        default=lambda self: self._default_move_ids(),
    )

    @api.model
    def _default_move_ids(self):
        if self.env.context.get("active_model") != "waste.container.move":
            return False
        return self.env.context.get("active_ids")

    def action_apply(self):
        self.ensure_one()
        if self.operation == "plan":
            self.move_ids._plan(self.date)
        else:
            self.move_ids._finish(self.date)
        return {"type": "ir.actions.act_window_close"}
