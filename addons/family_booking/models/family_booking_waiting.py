from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from ..tools.states import ACTIVE, KEPT, match_places, overlaps


class FamilyBookingWaiting(models.AbstractModel):
    """Those who wait, in the order in which they asked; brothers and sisters who asked for the same
    session together have one rank. All is in superuser mode."""

    _name = "family.booking.waiting"
    _description = "Waiting list"

    @api.model
    def _get_waiting_domain(self, sessions):
        return Domain("session_id", "in", sessions.ids) & Domain("state", "=", "waiting")

    def _get_queue(self):
        """These, in the order of the list."""
        return self.sorted(lambda each: (each.asked_on, each.id))

    def _find_ranks(self):
        """{booking: its rank on the list of its session}, from 1; those who wait only."""
        waiting = self.filtered(lambda each: each.state == "waiting")
        everybody_sudo = (
            self.env["family.booking"].sudo().search(self._get_waiting_domain(waiting.session_id))
        )
        ranks = {}
        for of_session in everybody_sudo.grouped("session_id").values():
            rank, seen = 0, set()
            for booking in of_session._get_queue():
                key = booking.party or booking.id
                rank += key not in seen
                seen.add(key)
                ranks[booking.id] = rank
        return {booking: ranks[booking.id] for booking in waiting if booking.id in ranks}

    def _get_party(self, state):
        """The others of its party, in its session."""
        self.ensure_one()
        if not self.party:
            return self.browse()
        return self.search(
            Domain("session_id", "=", self.session_id.id)
            & Domain("party", "=", self.party)
            & Domain("state", "=", state)
            & Domain("id", "!=", self.id)
        )

    @api.model
    def _offer_free(self, sessions):
        """What is free is kept for those who wait, the turn once taken."""
        sessions = sessions.filtered(lambda each: not each.is_closed)
        waiting = self.env["family.booking"].search(self._get_waiting_domain(sessions))
        if not waiting:
            return
        now = fields.Datetime.now()
        free = self._find_free_places(waiting.session_id)
        limits = waiting.session_id._find_limits("book")
        offered = waiting.browse()
        for session, queue in waiting.grouped("session_id").items():
            limit = limits[session].astimezone(UTC).replace(tzinfo=None, microsecond=0)
            until = min(now + KEPT, limit)
            if until <= now:
                continue
            for booking, place in match_places(queue._get_queue(), free[session]):
                booking._set(state="offered", place=place, offered_until=until)
                offered |= booking
        if offered:
            offered._on_offered()

    # ------------------------------------------------------------
    # A day that is closed, and given back
    # ------------------------------------------------------------

    def _close(self):
        """Their sessions have just been closed."""
        if not self:
            return
        self._take_turns(self.child_id, self.site_id)
        active = self.filtered(lambda each: each.state in ACTIVE)
        for state, bookings in active.grouped("state").items():
            bookings._set(state="ended", cause="closed", closed_from=state)
        if active:
            active._on_ended()

    def _restore(self):
        """Their sessions are open again: each is what it was, as far as places and the other
        bookings of its child allow; else it waits, or stays ended."""
        if not self:
            return
        self._take_turns(self.child_id, self.site_id)
        today = clock.today()
        free = self._find_free_places(self.session_id)
        restored = self.browse()
        for booking in self._get_queue():
            others = self.search(
                Domain("child_id", "=", booking.child_id.id)
                & Domain("date", "=", booking.date)
                & Domain("state", "in", ACTIVE)
            )
            if booking.date < today or any(
                each.session_id == booking.session_id
                or overlaps(each.session_id, booking.session_id)
                for each in others
            ):
                continue
            places = free[booking.session_id]
            if booking.closed_from == "absent":
                booking._set(state="absent", cause=False, closed_from=False)
            elif places and booking.closed_from != "waiting":
                booking._set(state="booked", cause=False, closed_from=False, place=places.pop(0))
            else:
                booking._set(state="waiting", cause=False, closed_from=False)
            restored |= booking
        if restored:
            restored._on_restored()
        self._offer_free(restored.session_id)

    # ------------------------------------------------------------
    # What time does
    # ------------------------------------------------------------

    @api.model
    def _cron_waiting(self):
        """Offers without answer go to the next one; who waited for a session that nobody may book
        any more is told so; a place that somebody gave back at the same instant is offered. Site
        by site, each in its own transaction."""
        Cron = self.env["ir.cron"]
        Booking = self.env["family.booking"]
        waiting = Domain("state", "in", ("waiting", "offered"))
        sites = [site for (site,) in Booking._read_group(waiting, ["site_id"])]
        Cron._commit_progress(remaining=len(sites))
        for site in sites:
            Booking._take_turns(self.env["res.partner"], site)
            Booking.search(waiting & Domain("site_id", "=", site.id))._follow_time()
            if not Cron._commit_progress(1):
                break

    def _follow_time(self):
        now = fields.Datetime.now()
        expired = self.filtered(lambda each: each.state == "offered" and each.offered_until <= now)
        expired._end("expired")
        limits = self.session_id._find_limits("book")
        aware = clock.local_time(now)
        over = self.filtered(
            lambda each: each.state == "waiting" and limits[each.session_id] < aware
        )
        over._end("over")
        self._offer_free(self.session_id)
