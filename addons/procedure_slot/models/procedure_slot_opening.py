from odoo import fields, models

from .. import offer


class ProcedureSlotOpening(models.Model):
    """Hours of one day of the week, as long as they are valid."""

    _name = "procedure.slot.opening"
    _description = "Hours of a calendar of slots"
    _order = "calendar_id, weekday, hour_from, id"

    calendar_id = fields.Many2one(
        "procedure.slot.calendar", required=True, index=True, ondelete="cascade"
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        required=True,
        default="0",
        string="Day",
    )
    hour_from = fields.Float("From", required=True)
    hour_to = fields.Float("To", required=True)
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid until")

    _hours_valid = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "The hours end after they begin, on the same day.",
    )
    _period_valid = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The last day comes after the first one.",
    )

    def _to_offer(self):
        return tuple(
            offer.Opening(
                int(each.weekday),
                round(each.hour_from * 60),
                round(each.hour_to * 60),
                each.date_from or None,
                each.date_to or None,
            )
            for each in self
        )
