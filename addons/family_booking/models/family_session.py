from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.family_activity.tools.cutoff import to_time
from odoo.addons.territory_base import clock

from ..tools.states import ACTIVE, HOLDING


class FamilySession(models.Model):
    _inherit = "family.session"

    booking_ids = fields.One2many("family.booking", "session_id", "Bookings")
    booked_count = fields.Integer("Booked", compute="_compute_booked_count")
    waiting_count = fields.Integer("Waiting", compute="_compute_booked_count")

    @api.depends("booking_ids.state")
    def _compute_booked_count(self):
        """Numbers, without anybody: whoever reads the session reads them."""
        counts = {
            (session, state): count
            for session, state, count in self.env["family.booking"]
            .sudo()
            ._read_group(
                [("session_id", "in", self.ids), ("state", "in", (*HOLDING, "waiting"))],
                ["session_id", "state"],
                ["__count"],
            )
        }
        for session in self:
            held = (counts.get((session._origin.sudo(), state), 0) for state in HOLDING)
            session.booked_count = sum(held)
            session.waiting_count = counts.get((session._origin.sudo(), "waiting"), 0)

    def write(self, vals):
        result = super().write(vals)
        if "capacity" in vals:
            self.sudo()._offer_new_places()
        return result

    def _offer_new_places(self):
        """More places: they are for those who wait."""
        Booking = self.env["family.booking"]
        waiting = Booking.search([("session_id", "in", self.ids), ("state", "=", "waiting")])
        if waiting:
            Booking._take_turns(self.env["res.partner"], waiting.site_id)
            Booking._offer_free(waiting.session_id)

    def _get_end(self):
        """The end of its day, aware: until then the service corrects what is booked."""
        self.ensure_one()
        return clock.at(self.date, to_time(24))

    def _on_closed(self):
        result = super()._on_closed()
        bookings = self.env["family.booking"].search(
            Domain("session_id", "in", self.ids) & Domain("state", "in", ACTIVE)
        )
        bookings._close()
        return result

    def _on_reopened(self):
        result = super()._on_reopened()
        bookings = self.env["family.booking"].search(
            Domain("session_id", "in", self.ids)
            & Domain("state", "=", "ended")
            & Domain("cause", "=", "closed")
            & Domain("closed_from", "!=", False)
        )
        bookings._restore()
        return result
