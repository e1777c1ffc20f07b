from odoo import api, fields, models

from odoo.addons.territory_base import clock

from .. import offer


class ProcedureSlotException(models.Model):
    """Days on which a calendar is not as its week says."""

    _name = "procedure.slot.exception"
    _description = "Exception of a calendar of slots"
    _order = "calendar_id, date_from, hour_from, id"

    calendar_id = fields.Many2one(
        "procedure.slot.calendar", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Date("From the", required=True, default=lambda self: clock.today())
    date_to = fields.Date("To the", required=True, default=lambda self: clock.today())
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
    public_note = fields.Char(
        "Reason told to everybody",
        help="Read beside a closed day by whoever chooses a slot. Nothing about a person.",
    )

    taken_count = fields.Integer(
        "Slots taken there",
        compute="_compute_taken_count",
        help="Taken on those days, where there is nothing any more.",
    )

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

    @api.depends("calendar_id", "date_from", "date_to", "kind", "hour_from", "hour_to", "capacity")
    def _compute_taken_count(self):
        found = self._group_out_of_hours()
        for exception in self:
            exception.taken_count = len(found.get(exception, ()))

    def _find_out_of_hours(self):
        return self._group_out_of_hours().get(self, self.env["procedure.slot.booking"])

    def _group_out_of_hours(self):
        """What is taken, to come, on the days of each, and is not in what they offer.

        :return: {exception: bookings}, without those of which there is none
        """
        dated = self.filtered(lambda each: each.calendar_id and each.date_from and each.date_to)
        Booking = self.env["procedure.slot.booking"]
        bookings = Booking.search(
            [
                ("calendar_id", "in", dated.calendar_id._origin.ids),
                ("state", "=", "taken"),
                ("start", ">", fields.Datetime.now()),
            ]
        ).grouped("calendar_id")
        found = {}
        for calendar, exceptions in dated.grouped("calendar_id").items():
            rules, offered = calendar._get_rules(), {}
            for booking in bookings.get(calendar._origin, ()):
                day = clock.local_day(booking.start)
                on_it = exceptions.filtered(
                    lambda each, day=day: each.date_from <= day <= each.date_to
                )
                if not on_it:
                    continue
                if day not in offered:
                    offered[day] = offer.find_slots_of(rules, day)
                fits = any(
                    slot.start <= booking.start
                    and booking.stop <= slot.stop
                    and booking.place <= slot.capacity
                    for slot in offered[day]
                )
                if not fits:
                    for exception in on_it:
                        found[exception] = found.get(exception, Booking) | booking
        return found

    def _find_public_note(self, day):
        """Why this day is closed, in the words written for everybody; empty: nobody wrote any."""
        return self.filtered(
            lambda each: (
                each.kind == "closed" and each.public_note and each.date_from <= day <= each.date_to
            )
        )[:1].public_note

    def action_open_withdraw(self):
        """Who comes on those days is listed, then told."""
        self.ensure_one()
        return self._find_out_of_hours().action_open_withdraw()

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
