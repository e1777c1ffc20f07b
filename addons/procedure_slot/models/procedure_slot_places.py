import hashlib
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.territory_base import clock

from .. import offer

# While a form is filled in.
HOLD = timedelta(minutes=15)
# However often its page is sent again; then it is for others, for as long as one hold.
HOLD_MAX = timedelta(minutes=60)


class ProcedureSlotPlaces(models.AbstractModel):
    """Places of a calendar: held while a form is filled in, taken by a request."""

    _name = "procedure.slot.places"
    _description = "Places of a calendar of slots"

    def _hold(self, start, holder, count=1, sender=None):
        """Keep a place in as many slots in a row; what it held before is free again.

        In superuser mode. What could not be held leaves what was.

        :param sender: the connection, whose places are counted (`_holds_enough`)
        :return: the bookings; nothing when no place is free
        """
        self.ensure_one()
        held = self._get_held(holder)
        now = fields.Datetime.now()
        since = min((each.held_since or now for each in held), default=now)
        if since + HOLD_MAX + HOLD <= now:
            # Nobody came meanwhile, or it was for them: it begins again.
            held.unlink()
            held, since = held.exists(), now
        vals = {"held_until": min(now + HOLD, since + HOLD_MAX), "held_since": since}
        if sender:
            vals["held_from"] = held._digest_sender(sender)
        kept = self._keep_run(held, start, count)
        if not kept:
            digest = self._digest_holder(holder)
            kept = self._occupy(start, count, held, state="held", holder=digest, **vals)
        if kept:
            (held - kept).unlink()
            kept.write(vals)
        return kept

    def _take(self, start, request, holder=None, count=1, key=None):
        """A place in as many slots in a row for this request, in its transaction: those that its
        form held, or others.

        In superuser mode.

        :param key: of the question that it answers
        :return: the bookings; nothing when no place is free
        """
        self.ensure_one()
        vals = self._get_taken_vals(request, key)
        held = self._get_held(holder) if holder else self.booking_ids.browse()
        kept = self._keep_run(held, start, count) or self._occupy(start, count, held, **vals)
        (held - kept).unlink()
        kept.write(vals)
        return kept

    def _take_again(self, freed):
        """A place at the times of this booking, which its request had: whether a slot is offered
        there now does not matter, as long as it is to come and a place is free.

        In superuser mode.

        :return: another booking; nothing when no place is free
        """
        self.ensure_one()
        if freed.stop <= fields.Datetime.now():
            return freed.browse()
        capacity = offer.find_capacity(self._get_rules(), clock.local_day(freed.start))
        slot = offer.Slot(freed.start, freed.stop, capacity)
        return self._occupy_slot(slot, **self._get_taken_vals(freed.request_id, freed.question_key))

    def _get_taken_vals(self, request, key):
        return {
            "state": "taken",
            "request_id": request.id,
            "question_key": key,
            "holder": False,
            "held_from": False,
            "held_until": False,
            "held_since": False,
        }

    def _holds_enough(self, sender, holder):
        """Whether this connection keeps as many places here, for other forms, as it may at once. In
        superuser mode."""
        here = [("calendar_id", "=", self.id)]
        return self.booking_ids._holds_enough(here, sender, self._digest_holder(holder))

    def _get_held(self, holder):
        return self.booking_ids.search(
            [
                ("calendar_id", "=", self.id),
                ("state", "=", "held"),
                ("holder", "=", self._digest_holder(holder)),
            ],
            limit=200,
        )

    @api.model
    def _keep_run(self, held, start, count):
        """What is held already, when it is exactly this."""
        held = held.sorted("start")
        return held if len(held) == count and held[0].start == start else held.browse()

    def _occupy(self, start, count, held, **vals):
        """A row on a free place of each slot in a row from this moment; else nothing is left.

        :param held: of the same form: what it has of them already is its own
        """
        run = self._find_run(start, count)
        booked = self.booking_ids.browse()
        for slot in run:
            own = held.filtered(
                lambda each, slot=slot: (each.start, each.stop) == (slot.start, slot.stop)
            )
            booking = own[:1] or self._occupy_slot(slot, **vals)
            if not booking:
                (booked - held).unlink()
                return booking
            booked |= booking
        return booked

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
