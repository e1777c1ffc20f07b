from odoo import api, fields, models


class TerritoryClosedDay(models.Model):
    """Days on which a service, or all of them, receives nobody: a bridge, works, a strike."""

    _name = "territory.closed.day"
    _inherit = "territory.owner.mixin"
    _description = "Closed day"
    _order = "date_start desc, id desc"

    name = fields.Char("Reason", required=True, help="Told to the public: works, a strike.")
    date_start = fields.Date("First day", required=True)
    date_end = fields.Date("Last day", required=True)
    service_id = fields.Many2one(
        "territory.service",
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_service_id(),
        help="Empty: all services.",
    )

    _days_valid = models.Constraint(
        "CHECK(date_start <= date_end AND date_end - date_start < 366)",
        "The last day comes after the first, within a year.",
    )

    @api.model
    def _default_service_id(self):
        return self.env.user.territory_service_ids[:1].id

    @api.onchange("date_start")
    def _onchange_date_start(self):
        if self.date_start and (not self.date_end or self.date_end < self.date_start):
            self.date_end = self.date_start
