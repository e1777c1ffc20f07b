from bisect import bisect_right

from odoo import fields, models

from .. import offer


class ProcedureSlotCalendar(models.Model):
    """Slots that a service offers: its weeks, the days that are not as usual, how many places."""

    _name = "procedure.slot.calendar"
    _inherit = "procedure.slot.places"
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
    change_notice = fields.Integer(
        "Changed until",
        default=24,
        help="In hours: later, who comes cannot move nor cancel her slot on the site any more.",
    )
    days_ahead = fields.Integer("Open ahead", required=True, default=60, help="In days.")
    max_per_household = fields.Integer(
        "At most for one household",
        help="Slots to come that one household, or one person without account, may have. "
        "0 is no limit.",
    )
    sends_reminder = fields.Boolean(
        "Reminder the day before",
        default=True,
        help="A mail on the day before, once, to those who come.",
    )
    to_bring = fields.Text(
        "To bring", help="Told with each appointment: “Your passport and a recent photo.”"
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
    _change_notice_valid = models.Constraint(
        "CHECK(change_notice >= 0)", "A number of hours is not below 0."
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

    def _find_run(self, start, count=1):
        """The slots in a row that begin at this moment, were they free; empty when they are not
        all offered."""
        return offer.find_run(self._find_slots(), start, count)

    def _get_offer(self, holder=None, request=None, count=1):
        """The slots of which a place is free for this holder, or for this request.

        In superuser mode: nobody reads who has the others.

        :param holder: the secret of the form that is filled in: what it holds is free for it
        :param count: how many in a row; what is given then lasts from the first to the last one
        """
        return offer.join_runs(self._get_free(self._find_slots(), holder, request), count)

    def _get_free(self, slots, holder=None, request=None):
        """Those of these slots of which a place is free, as `_get_offer`."""
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
    # What one household may have
    # ------------------------------------------------------------

    def _is_full_for(self, request, besides=0, count=1):
        """Whether the household of this request, or who asks without account, would have more slots
        to come than it may have. In superuser mode; as `procedure._is_full_for`.

        :param besides: how many slots of this calendar the same form asks before these
        :param count: how many it asks in a row
        """
        self.ensure_one()
        whose = request._get_counted_domain("request_id.")
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
        room = self.max_per_household - besides - count
        if len(Booking.search(domain)._filter_counted_with(request)) > room:
            return True
        with guard._own_cursor() as cr:
            others = Booking.with_env(self.env(cr=cr)).search(domain)
            return len(others._filter_counted_with(request)) > room

    def _get_full_sentence(self):
        return self.env._(
            "You have all the slots to come that one household may have here "
            "(%(count)s). Cancel one to choose another.",
            count=self.max_per_household,
        )
