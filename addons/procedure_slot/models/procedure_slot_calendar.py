import hashlib
from bisect import bisect_right
from datetime import timedelta

from odoo import fields, models
from odoo.tools.sql import escape_psql

from odoo.addons.procedure.delays import local_day

from .. import offer

# While a form is filled in.
HOLD = timedelta(minutes=15)


class ProcedureSlotCalendar(models.Model):
    """Slots that a service offers: its weeks, the days that are not as usual, how many places."""

    _name = "procedure.slot.calendar"
    _description = "Calendar of slots"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    service_id = fields.Many2one("territory.service", required=True, index=True)
    duration = fields.Integer("Length of a slot", required=True, default=20, help="In minutes.")
    capacity = fields.Integer("Places in each slot", required=True, default=1)
    notice = fields.Integer(
        "Closed before", default=24, help="In hours: what begins sooner is not offered any more."
    )
    days_ahead = fields.Integer("Open ahead", required=True, default=60, help="In days.")
    max_per_household = fields.Integer(
        "At most for one household",
        help="Slots to come that one household, or one person without account, may have. "
        "0 is no limit.",
    )
    opening_ids = fields.One2many(
        "procedure.slot.opening", "calendar_id", string="Hours of the week", copy=True
    )
    exception_ids = fields.One2many(
        "procedure.slot.exception", "calendar_id", string="Days that are not as usual"
    )
    booking_ids = fields.One2many("procedure.slot.booking", "calendar_id", string="Places taken")

    _duration_valid = models.Constraint(
        "CHECK(duration BETWEEN 5 AND 1440)", "A slot lasts between 5 minutes and a day."
    )
    _capacity_valid = models.Constraint(
        "CHECK(capacity BETWEEN 1 AND 1000)", "Between 1 and 1000 places."
    )
    _ahead_valid = models.Constraint(
        "CHECK(notice >= 0 AND days_ahead BETWEEN 1 AND 400 AND max_per_household >= 0)",
        "Slots open between 1 and 400 days ahead; the other limits are not below 0.",
    )

    # ------------------------------------------------------------
    # What is offered
    # ------------------------------------------------------------

    def _get_rules(self):
        self.ensure_one()
        return offer.Rules(
            length=self.duration,
            capacity=self.capacity,
            openings=self.opening_ids._to_offer(),
            exceptions=self.exception_ids._to_offer(),
            notice=self.notice,
            ahead=self.days_ahead,
        )

    def _find_slots(self):
        """The slots that may be taken now, were they free."""
        self.ensure_one()
        if not self.active:
            return []
        return offer.find_slots(self._get_rules(), fields.Datetime.now())

    def _find_slot(self, start):
        return next((slot for slot in self._find_slots() if slot.start == start), None)

    def _get_offer(self, holder=None, request=None):
        """The slots of which a place is free for this holder, or for this request.

        In superuser mode: nobody reads who has the others.

        :param holder: the secret of the form that is filled in: what it holds is free for it
        """
        slots = self._find_slots()
        if not slots:
            return []
        taken = self.booking_ids.search(
            [
                *self._get_active_domain(),
                ("stop", ">", slots[0].start),
                ("start", "<", slots[-1].stop),
            ]
        )
        own = taken.filtered(lambda each: request and each.request_id == request)
        if holder:
            own |= taken.filtered_domain([("holder", "=", self._digest_holder(holder))])
        used = [set() for _slot in slots]
        stops = [slot.stop for slot in slots]
        for booking in taken - own:
            index = bisect_right(stops, booking.start)
            while index < len(slots) and slots[index].start < booking.stop:
                used[index].add(booking.place)
                index += 1
        return [
            slot for slot, places in zip(slots, used, strict=True) if len(places) < slot.capacity
        ]

    def _get_active_domain(self):
        """Places that are not free now: an expired hold is."""
        return [
            ("calendar_id", "=", self.id),
            "|",
            ("state", "=", "taken"),
            "&",
            ("state", "=", "held"),
            ("held_until", ">", fields.Datetime.now()),
        ]

    # ------------------------------------------------------------
    # Places: held, taken
    # ------------------------------------------------------------

    def _hold(self, start, holder):
        """Keep a place while a form is filled in; the one that it held before is free again.

        In superuser mode.

        :return: the booking; nothing when no place is free
        """
        self.ensure_one()
        held = self._get_held(holder)
        same = held.filtered(lambda each: each.start == start)
        until = fields.Datetime.now() + HOLD
        if same:
            (held - same).unlink()
            same.held_until = until
            return same
        booking = self._occupy(
            start, state="held", holder=self._digest_holder(holder), held_until=until
        )
        if booking:
            held.unlink()
        return booking

    def _take(self, start, request, holder=None):
        """A place for this request, in its transaction: the one that its form held, or another.

        In superuser mode.

        :return: the booking; nothing when no place is free
        """
        self.ensure_one()
        taken = self._get_taken_vals(request)
        held = self._get_held(holder) if holder else self.booking_ids.browse()
        same = held.filtered(lambda each: each.start == start)
        (held - same).unlink()
        if same:
            same.write(taken)
            return same
        return self._occupy(start, **taken)

    def _take_again(self, freed):
        """A place at the times of this booking, which its request had: whether a slot is offered
        there now does not matter, as long as it is to come and a place is free.

        In superuser mode.

        :return: another booking; nothing when no place is free
        """
        self.ensure_one()
        if freed.stop <= fields.Datetime.now():
            return freed.browse()
        capacity = offer.find_capacity(self._get_rules(), local_day(freed.start))
        slot = offer.Slot(freed.start, freed.stop, capacity)
        return self._occupy_slot(slot, **self._get_taken_vals(freed.request_id))

    def _get_taken_vals(self, request):
        return {"state": "taken", "request_id": request.id, "holder": False, "held_until": False}

    def _get_held(self, holder):
        return self.booking_ids.search(
            [
                ("calendar_id", "=", self.id),
                ("state", "=", "held"),
                ("holder", "=", self._digest_holder(holder)),
            ],
            limit=10,
        )

    def _occupy(self, start, **vals):
        """A row on a free place of the slot that is offered at this moment; else nothing."""
        slot = self._find_slot(start)
        return self._occupy_slot(slot, **vals) if slot else self.booking_ids.browse()

    def _occupy_slot(self, slot, **vals):
        """A row on the first free place of this slot; nothing when there is none.

        Who takes the same slot meanwhile waits until this transaction ends, then reads what it
        left. Were two to pass, the index of places refuses the second.
        """
        guard = self.env["public.guard"]
        guard._take_turn("procedure.slot", f"{self.id} {slot.start}")
        overlap = [("start", "<", slot.stop), ("stop", ">", slot.start)]
        domain = [*self._get_active_domain(), *overlap]
        Booking = self.env["procedure.slot.booking"]
        active = Booking.search(domain)
        used = set(active.mapped("place"))
        with guard._own_cursor() as cr:
            others = Booking.with_env(self.env(cr=cr)).search_read(domain, ["place"])
        # What this transaction itself has freed is not seen there yet.
        freed = Booking.browse([each["id"] for each in others]).exists() - active
        used |= {each["place"] for each in others if each["id"] not in freed._ids}
        # As what is offered, it counts: a place beyond a capacity that was lowered is one too.
        if len(used) >= slot.capacity:
            return Booking
        place = next(n for n in range(1, slot.capacity + 1) if n not in used)
        # An expired hold gives its place, and its row: who holds it still is told by that row.
        Booking.search(
            [
                ("calendar_id", "=", self.id),
                ("state", "=", "held"),
                ("held_until", "<=", fields.Datetime.now()),
                *overlap,
            ]
        ).unlink()
        booking = Booking.create(
            {
                "calendar_id": self.id,
                "start": slot.start,
                "stop": slot.stop,
                "place": place,
                **vals,
            }
        )
        booking.flush_recordset()
        return booking

    def _digest_holder(self, holder):
        """Who reads the table cannot take the place of a form."""
        return hashlib.sha256(holder.encode()).hexdigest()

    def _is_full_for(self, request, besides=0):
        """Whether the household of this request, or who asks without account, has all the slots to
        come that it may have. In superuser mode; as `procedure._is_full_for`.

        :param besides: how many slots of this calendar the same form asks before this one
        """
        self.ensure_one()
        whose = self._get_identity_domain(request)
        if not self.max_per_household or not whose:
            return False
        guard = self.env["public.guard"]
        guard._take_turn("procedure.slot.household", f"{self.id} {whose}")
        domain = [
            ("calendar_id", "=", self.id),
            ("state", "=", "taken"),
            ("stop", ">", fields.Datetime.now()),
            ("request_id", "not in", request._origin.ids),
            *whose,
        ]
        Booking = self.env["procedure.slot.booking"]
        if Booking.search_count(domain) + besides >= self.max_per_household:
            return True
        with guard._own_cursor() as cr:
            count = Booking.with_env(self.env(cr=cr)).search_count(domain)
        return count + besides >= self.max_per_household

    def _get_identity_domain(self, request):
        """Whose slots count together: of a household, of an account, of an e-mail address."""
        if request.household_id:
            return [("request_id.household_id", "=", request.household_id._origin.id)]
        if request.applicant_id:
            return [("request_id.applicant_id", "=", request.applicant_id._origin.id)]
        email = (request.contact_email or "").strip()
        # Whatever the case; "_" is a letter of an address here, not any letter.
        return [("request_id.contact_email", "=ilike", escape_psql(email))] if email else []
