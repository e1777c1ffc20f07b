from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..tools.states import ACTIVE, HOLDING


class Now(NamedTuple):
    """A row of bookings as it is at this moment."""

    id: int
    child_id: int
    state: str
    place: int
    party: str | None
    asks_all: bool
    asked_on: datetime


class FamilyBookingTurn(models.AbstractModel):
    """Those who book at one site, or for one child, do it one after the other.

    Who waited for her turn has a snapshot that is older than what the others did: places are read
    beside it. What would still slip through is refused by the index of places.
    """

    _name = "family.booking.turn"
    _description = "Turn of those who book"

    @api.model
    def _take_turns(self, children, sites):
        """Until this transaction ends. Always children first, then sites, in the order of their
        numbers: nobody waits for somebody who waits for her. In superuser mode."""
        guard = self.env["public.guard"]
        for child in children.sorted("id"):
            guard._take_turn("family.booking.child", child.id)
        for site in sites.sorted("id"):
            guard._take_turn("family.booking.site", site.id)

    @api.model
    def _read_now(self, sessions):
        """What is booked in these sessions at this moment, the turn once taken: what the others
        have committed, and what this transaction has written itself. In superuser mode.

        :return: {session id: {booking id: Now}}, of what is active
        """
        self.env["family.booking"].flush_model()
        found = {session.id: {} for session in sessions}
        if not sessions:
            return found
        columns = SQL(
            "SELECT session_id, %s FROM family_booking",
            SQL(", ").join(map(SQL.identifier, Now._fields)),
        )
        here = SQL("WHERE session_id IN %s", sessions._ids)
        query = SQL("%s %s AND state IN %s", columns, here, ACTIVE)
        with self.env["public.guard"]._own_cursor() as cr:
            rows = self.env(cr=cr).execute_query(query)
        # What this transaction has written bears its own moment.
        own = SQL("%s %s AND write_date = %s", columns, here, self.env.cr.now())
        last = {row[1]: row for row in (*rows, *self.env.execute_query(own))}
        for session_id, *values in last.values():
            row = Now(*values)
            if row.state in ACTIVE:
                found[session_id][row.id] = row
        return found

    @api.model
    def _meet_others(self, children, first, last):
        """The turn once taken: what somebody else has just changed for these children between
        these days is not what this transaction reads. Odoo plays its request again.

        :raise ConcurrencyError:
        """
        self.env["family.booking"].flush_model()
        here = SQL("child_id IN %s AND date BETWEEN %s AND %s", children._ids, first, last)
        query = SQL(
            "SELECT id, session_id, state FROM family_booking WHERE %s AND state IN %s",
            here,
            ACTIVE,
        )
        own = SQL(
            "SELECT id FROM family_booking WHERE %s AND write_date = %s", here, self.env.cr.now()
        )
        with self.env["public.guard"]._own_cursor() as cr:
            now = self.env(cr=cr).execute_query(query)
        written = {number for (number,) in self.env.execute_query(own)}
        differences = set(now) ^ set(self.env.execute_query(query))
        if any(row[0] not in written for row in differences):
            raise ConcurrencyError(f"{children} are being booked by another request")

    @api.model
    def _find_free_places(self, sessions):
        """{session: [numbers of the places that nobody holds]}, the turn once taken."""
        now = self._read_now(sessions)
        free = {}
        for session in sessions:
            used = {row.place for row in now[session.id].values() if row.state in HOLDING}
            # A capacity that was lowered takes no place back: those above it count.
            left = max(session.capacity - len(used), 0)
            numbers = (each for each in range(1, session.capacity + 1) if each not in used)
            free[session] = [number for number, _left in zip(numbers, range(left), strict=False)]
        return free

    @api.model
    def _find_waiting(self, sessions):
        """{session: [Now] of those who wait, in the order of the list}, the turn once taken."""
        now = self._read_now(sessions)
        waiting = {}
        for session in sessions:
            rows = (row for row in now[session.id].values() if row.state == "waiting")
            waiting[session] = sorted(rows, key=lambda row: (row.asked_on, row.id))
        return waiting
