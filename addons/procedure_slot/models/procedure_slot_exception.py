from odoo import fields, models

from .. import offer


class ProcedureSlotException(models.Model):
    """Days on which a calendar is not as its week says."""

    _name = "procedure.slot.exception"
    _description = "Exception of a calendar of slots"
    _order = "calendar_id, date_from, hour_from, id"

    calendar_id = fields.Many2one(
        "procedure.slot.calendar", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Date("From the", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To the", required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [("closed", "Closed"), ("hours", "Other hours"), ("capacity", "Other number of places")],
        required=True,
        default="closed",
        string="What changes",
    )
    hour_from = fields.Float("From")
    hour_to = fields.Float("To")
    capacity = fields.Integer("Places in each slot")
    note = fields.Char("Reason", help="For the service: nobody else reads it.")

    _period_valid = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )
    _hours_valid = models.Constraint(
        "CHECK(kind != 'hours' OR (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24))",
        "The hours end after they begin, on the same day.",
    )
    _capacity_valid = models.Constraint(
        "CHECK(capacity >= 0 AND capacity <= 1000)", "Between 0 and 1000 places."
    )

    def write(self, vals):
        """A rule looks at what is there before: it is not moved to what one may not write."""
        result = super().write(vals)
        if "calendar_id" in vals:
            self.check_access("write")
        return result

    def _to_offer(self):
        return tuple(
            offer.Exceptional(
                each.kind,
                each.date_from,
                each.date_to,
                round(each.hour_from * 60),
                round(each.hour_to * 60),
                each.capacity,
            )
            for each in self
        )
