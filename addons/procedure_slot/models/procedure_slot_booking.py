from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.procedure.delays import local_time


class ProcedureSlotBooking(models.Model):
    """A place of a slot: held while a form is filled in, taken by a request, or free again."""

    _name = "procedure.slot.booking"
    _description = "Place of a slot"
    _order = "start, calendar_id, place, id"

    calendar_id = fields.Many2one("procedure.slot.calendar", required=True, index=True)
    service_id = fields.Many2one(related="calendar_id.service_id")
    start = fields.Datetime("Begins", required=True, index=True)
    stop = fields.Datetime("Ends", required=True)
    place = fields.Integer(required=True)
    state = fields.Selection(
        [("held", "Held"), ("taken", "Taken"), ("freed", "Freed")], required=True, index=True
    )
    held_until = fields.Datetime()
    request_id = fields.Many2one("procedure.request", index="btree_not_null", ondelete="cascade")
    holder = fields.Char(
        help="Digest of the secret of the form that holds it.", groups=fields.NO_ACCESS
    )

    # What refuses one too many, whatever the code above does.
    _place_uniq = models.UniqueIndex(
        "(calendar_id, start, place) WHERE state IN ('held', 'taken')",
        "This slot has just been taken. Choose another one.",
    )
    _taken_by_request = models.Constraint(
        "CHECK(state != 'taken' OR request_id IS NOT NULL)", "A place is taken by a request."
    )
    _held_until_set = models.Constraint(
        "CHECK(state != 'held' OR held_until IS NOT NULL)", "A place is held until a moment."
    )

    @api.depends("start", "stop")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for booking in self:
            known = booking.start and booking.stop
            booking.display_name = known and self._say(booking.start, booking.stop)

    @api.model
    def _say(self, start, stop):
        """A slot in words, by the clocks of the territory, whoever reads."""
        return self.env._(
            "%(day)s from %(start)s to %(stop)s",
            day=self._say_day(local_time(start).date()),
            start=self._say_hour(start),
            stop=self._say_hour(stop),
        )

    @api.model
    def _say_day(self, day):
        # The first of a month is "1er" in French, and the patterns of dates do not know it.
        is_first = day.day == 1 and (self.env.lang or "").startswith("fr")
        number = "d'er'" if is_first else "d"
        return format_date(self.env, day, date_format=f"EEEE {number} MMMM y")

    @api.model
    def _say_hour(self, moment):
        local = local_time(moment)
        return self.env._("%(hour)s:%(minute)s", hour=local.hour, minute=f"{local.minute:02}")

    def _free(self):
        """The place is for somebody else: refused, cancelled, moved. In superuser mode."""
        self.filtered(lambda each: each.state == "held").unlink()
        self.exists().filtered(lambda each: each.state == "taken").write({"state": "freed"})

    @api.autovacuum
    def _gc_holds(self):
        """Nothing is left of a form that nobody sent."""
        self.search([("state", "=", "held"), ("held_until", "<=", fields.Datetime.now())]).unlink()
