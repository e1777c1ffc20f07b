import hashlib
from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils

from odoo.addons.territory_base import clock

# They take the room: nobody else has it then.
TAKING = (
    "held",
    "internal",
    "option",
    "complete",
    "signed",
    "paid",
    "handed",
    "back",
    "returned",
    "kept",
)
# While a form is filled in.
HOLD = timedelta(minutes=15)
# However often its page is sent again; then it is for others, for as long as one hold.
HOLD_MAX = timedelta(minutes=60)
# What the staff writes: its own use of a room; what it saw of a request's.
OWN_FIELDS = {"room_id", "start", "stop", "title"}
SEEN_FIELDS = {
    "insurance_covers",
    "is_identity_seen",
    "has_cheques",
    "note_in",
    "note_out",
    "deposit_reason",
}
# What was written before a step, and what it was for, stays as it was then.
FROZEN = {
    "note_in": ("handed", "back", "returned", "kept"),
    "note_out": ("back", "returned", "kept"),
    "deposit_reason": ("returned", "kept"),
}
# The staff's own uses of a room, and what is over, are forgotten after as many months.
KEPT_MONTHS = 36


class RoomBooking(models.Model):
    """A room, for a moment: asked by a request, or kept by its town hall for itself."""

    _name = "room.booking"
    _inherit = ["room.booking.payment", "room.booking.stage", "procedure.slot.hold"]
    _description = "Booking of a room"
    _order = "start, room_id, id"

    room_id = fields.Many2one("room.room", required=True, index=True, ondelete="restrict")
    service_id = fields.Many2one(related="room_id.service_id")
    commune_id = fields.Many2one(related="room_id.commune_id")
    start = fields.Datetime("Begins", required=True, index=True)
    stop = fields.Datetime("Ends", required=True)
    busy_from = fields.Datetime(
        "Taken from", compute="_compute_busy", store=True, precompute=True, help="Set-up included."
    )
    busy_until = fields.Datetime(
        "Taken until",
        compute="_compute_busy",
        store=True,
        precompute=True,
        help="Cleaning included.",
    )
    title = fields.Char("Own use", help="For the staff only: nobody else reads it.")
    request_id = fields.Many2one(
        "procedure.request", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    applicant_name = fields.Char("Who", related="request_id.applicant_name")
    applicant_phone = fields.Char("Phone", related="request_id.applicant_phone")
    price_cents = fields.Integer(related="request_id.price_cents")
    price_label = fields.Char(related="request_id.price_label")
    association_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True)
    is_gratis = fields.Boolean("Free booking of the year", readonly=True)
    option_until = fields.Date("Option until", readonly=True)
    reminded_on = fields.Date(readonly=True)
    held_until = fields.Datetime(readonly=True)
    held_since = fields.Datetime(
        "Held since", readonly=True, help="When its form began to hold a room."
    )
    holder = fields.Char(
        help="Digest of the secret of the form that holds it.", groups=fields.NO_ACCESS
    )

    # What refuses one too many, whatever the code says: no extension is needed for this form.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH &&, "
        "tsrange(busy_from, busy_until) WITH &&) WHERE (state IN ("
        + ", ".join(f"'{state}'" for state in TAKING)
        + "))",
        "This room is taken then, with the time to set it up and to clean it.",
    )
    _moments_valid = models.Constraint("CHECK(start < stop)", "A booking ends after it begins.")
    _by_request = models.Constraint(
        "CHECK(state IN ('held', 'internal', 'cancelled') OR request_id IS NOT NULL)",
        "A room is booked by a request.",
    )
    _held_until_set = models.Constraint(
        "CHECK(state != 'held' OR held_until IS NOT NULL)", "A room is held until a moment."
    )
    _one_by_request = models.UniqueIndex(
        "(request_id) WHERE state NOT IN ('cancelled', 'expired')",
        "This request has its booking already.",
    )

    @api.depends("start", "stop", "room_id")
    def _compute_busy(self):
        """With the set-up of the day on which it was booked: a longer one moves nobody."""
        for booking in self:
            known = booking.room_id and booking.start and booking.stop
            booking.busy_from, booking.busy_until = (
                booking.room_id._widen(booking.start, booking.stop) if known else (False, False)
            )

    @api.depends("start", "stop", "room_id", "title", "request_id.applicant_name")
    @api.depends_context("lang", "room_who_first")
    def _compute_display_name(self):
        """Two villages each have their « Salle des fêtes ». In the calendar of the staff, which
        shows when it is, who comes is read first."""
        is_calendar = self.env.context.get("room_who_first") and self.env.user._is_internal()
        for booking in self:
            room = booking.room_id
            words = [room.name, room.commune_id.name, booking._get_moment_words()]
            if is_calendar:
                words = [booking.title or booking.applicant_name, room.name]
            booking.display_name = ", ".join(filter(None, words))

    @api.model
    def _get_live_domain(self):
        """What takes a room now: an expired hold does not."""
        return Domain("state", "in", [state for state in TAKING if state != "held"]) | (
            Domain("state", "=", "held") & Domain("held_until", ">", fields.Datetime.now())
        )

    # ------------------------------------------------------------
    # By hand, the town hall's own uses only
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        if any(vals.keys() - OWN_FIELDS for vals in vals_list):
            raise AccessError(self.env._("A booking comes from a request."))
        self.check_access("create")
        for vals in vals_list:
            room = self.env["room.room"].browse(vals.get("room_id") or [])
            room.check_access("read")
            self._check_free(room, *map(fields.Datetime.to_datetime, self._get_moments(vals)))
        return super().create([{**vals, "state": "internal"} for vals in vals_list])

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        is_own = all(booking.state == "internal" for booking in self.sudo())
        if vals.keys() - (OWN_FIELDS if is_own else SEEN_FIELDS):
            raise AccessError(self.env._("A booking changes by its request and its buttons only."))
        self.check_access("write")
        rooms_sudo = self.sudo().room_id
        for booking in self if not is_own else ():
            booking._note_seen(vals)
        for booking in self if vals.keys() & {"room_id", "start", "stop"} else ():
            room = booking.room_id.browse(vals.get("room_id") or booking.room_id.id)
            # A rule looks at what is there before.
            room.check_access("read")
            moments = self._get_moments({"start": booking.start, "stop": booking.stop, **vals})
            booking._check_free(room, *map(fields.Datetime.to_datetime, moments))
        result = super().write(vals)
        if vals.keys() & {"room_id", "start", "stop"}:
            self.flush_recordset()
            (rooms_sudo | self.sudo().room_id)._offer_to_waiting()
        return result

    def _note_seen(self, vals):
        """What the town hall saw, in the history of its request.

        :raise UserError: this has served already
        """
        changed = [name for name in vals if (vals[name] or False) != (self[name] or False)]
        for name in changed:
            label = self._fields[name]._description_string(self.env)
            if self.state in FROZEN.get(name, ()):
                sentence = self.env._(
                    "“%(label)s” is not changed any more: write a note to the request.",
                    label=label,
                )
                raise UserError(sentence)
        labels = [self._fields[name]._description_string(self.env) for name in changed]
        if labels:
            note = self.env._("Room, changed: %(labels)s", labels=", ".join(labels))
            self.sudo().request_id._message_log(body=note)

    @api.model
    def _get_moments(self, vals):
        return vals.get("start"), vals.get("stop")

    def _check_free(self, room, start, stop):
        """:raise ValidationError: before the database speaks in its own words"""
        room_sudo = room.sudo()
        if start and stop and start < stop and room_sudo._find_conflicts(start, stop, self.sudo()):
            raise ValidationError(self._get_taken_sentence())

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        if not self.env.su and any(booking.state != "internal" for booking in self.sudo()):
            raise AccessError(self.env._("Cancel it: a booking of a request is kept with it."))

    def unlink(self):
        """What the town hall kept is free: those who wait may have it."""
        rooms_sudo = self.sudo().room_id if not self.env.su else self.room_id.browse()
        result = super().unlink()
        rooms_sudo._offer_to_waiting()
        return result

    def copy_data(self, default=None):
        raise AccessError(self.env._("A booking is made by a request only."))

    def action_cancel_own(self):
        """The town hall does not need the room any more: those who wait may have it."""
        self.ensure_one()
        self.check_access("write")
        booking_sudo = self.sudo()
        if booking_sudo.state != "internal":
            raise AccessError(self.env._("Close its request: its applicant is told why."))
        now = fields.Datetime.now()
        if booking_sudo.start > now:
            booking_sudo._release()
        elif booking_sudo.stop > now:
            # It has served: that stays in the plan, and the room is cleaned after it.
            self.stop = now

    # ------------------------------------------------------------
    # The machine. In superuser mode, after the checks.
    # ------------------------------------------------------------

    def _put(self, vals):
        """:return: the booking as the database took it; nothing when it refused"""
        try:
            with self.env.cr.savepoint():
                booking = self
                if booking:
                    booking.write(vals)
                else:
                    booking = self.create(vals)
                booking.flush_recordset()
        except ExclusionViolation:
            return self.browse()
        return booking

    def _release(self, state="cancelled"):
        """The room is for somebody else: whoever waits for it is told. What has begun stays, but
        not what was never more than asked."""
        self.filtered(lambda each: each.state == "held").unlink()
        now = fields.Datetime.now()
        freed = self.exists().filtered(
            lambda each: (
                each.state in ("option", "waiting") or (each.state in TAKING and each.start > now)
            )
        )
        freed.write({"state": state})
        freed.flush_recordset()
        freed.room_id._offer_to_waiting()

    def _is_current(self):
        """Neither given up nor ended."""
        self.ensure_one()
        return self.state not in ("cancelled", "expired")

    def _tell_its_turn(self):
        """It waited, and is an option now."""
        self.ensure_one()
        lang = self.request_id._get_mail_lang()
        items = self.request_id._ask_at_its_turn()
        self.request_id._tell_applicant(
            "room_booking.mail_turn_lacking" if items else "room_booking.mail_turn",
            room_words=self.with_context(lang=lang).display_name,
            items=items,
            day=self.option_until.strftime("%d/%m/%Y"),
        )
        self.request_id._remind_agent(self.env._("The room is free: it is an option now"))

    def _hold(self, room, start, stop, holder, sender=None):
        """Keep the room while a form is filled in; what it held before is free again.

        :param sender: the connection, whose rooms are counted (`_holds_enough_of`)
        :return: the booking; nothing when the room is taken, and what was held stays
        """
        held = self._get_held(holder)
        now = fields.Datetime.now()
        since = held.held_since or now
        if since + HOLD_MAX + HOLD <= now:
            # Nobody came meanwhile: it begins again.
            since = now
        vals = {
            "state": "held",
            "holder": self._digest_holder(holder),
            "held_until": min(now + HOLD, since + HOLD_MAX),
            "held_since": since,
        }
        if sender:
            vals["held_from"] = self._digest_sender(sender)
        return room._book(start, stop, held, **vals)

    @api.model
    def _holds_enough_of(self, room, sender, holder):
        """Whether this connection keeps this room for as many other forms as it may at once."""
        here = [("room_id", "=", room.id)]
        return self._holds_enough(here, sender, self._digest_holder(holder))

    @api.model
    def _get_held(self, holder):
        digest = self._digest_holder(holder)
        return self.search([("state", "=", "held"), ("holder", "=", digest)], limit=1)

    @api.model
    def _digest_holder(self, holder):
        """Who reads the table cannot take the place of a form."""
        return hashlib.sha256(holder.encode()).hexdigest()

    def _is_held(self):
        return bool(self) and self.state == "held" and self.held_until > fields.Datetime.now()

    @api.model
    def _release_held(self, holder):
        """What this form holds is for somebody else: it is given up. In superuser mode."""
        self._get_held(holder).unlink()

    @api.autovacuum
    def _gc_holds(self):
        """Nothing is left of a form that nobody sent."""
        self.search([("state", "=", "held"), ("held_until", "<=", fields.Datetime.now())]).unlink()

    @api.autovacuum
    def _gc_own(self):
        """Its words may name somebody, and no request forgets them."""
        last = date_utils.subtract(fields.Datetime.now(), months=KEPT_MONTHS)
        self.search([("request_id", "=", False), ("stop", "<", last)]).unlink()

    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        what = self.env._("What a town hall wrote of its own uses of a room")
        return [(what, self.env._("3 years"))]

    def _forget(self):
        """That the room was taken stays, for its accounts; not by whom, nor how she left it."""
        words = ("note_in", "note_out", "deposit_reason", "association_id")
        self.write(dict.fromkeys(words, False))

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _get_moment_words(self):
        self.ensure_one()
        if not self.start or not self.stop:
            return ""
        say = self.env["procedure.slot.booking"]
        first, last = (clock.local_day(moment) for moment in (self.start, self.stop))
        words = {
            "day": say._say_day(first),
            "start": self._say_hour(self.start),
            "stop": self._say_hour(self.stop),
            "last": say._say_day(last),
        }
        if first == last:
            return self.env._("%(day)s from %(start)s to %(stop)s", **words)
        return self.env._("%(day)s from %(start)s until %(last)s, %(stop)s", **words)

    @api.model
    def _say_hour(self, moment):
        """As everywhere on the site: a whole hour has no minutes."""
        local = clock.local_time(moment)
        return self.env["territory.opening"]._show_hour(local.hour + local.minute / 60)

    def _get_persons(self):
        """How many persons its applicant said; empty when she did not."""
        self.ensure_one()
        request_sudo = self.sudo().request_id
        return (request_sudo.answers or {}).get("room_persons") or ""

    def _get_place_facts(self):
        """(label, text): which room, and when. In superuser mode."""
        self.ensure_one()
        return [
            (self.env._("Room"), self.room_id.name),
            (self.env._("Commune"), self.commune_id.name),
            (self.env._("When"), self._get_moment_words()),
        ]

    def _get_agreement_facts(self):
        """(label, text) of what the agreement says. In superuser mode."""
        self.ensure_one()
        room, request = self.room_id, self.request_id
        facts = [
            *self._get_place_facts(),
            (self.env._("Who takes it"), self._get_taker_name()),
            (self.env._("Purpose"), (request.answers or {}).get("room_purpose")),
            (self.env._("Persons"), self._get_persons()),
            (self.env._("Persons at most"), room.capacity),
            (self.env._("Equipment"), room.equipment),
            (self.env._("Price"), request.has_price and request.price_label),
            *self._get_payment_facts(),
            (self.env._("Deposit cheques"), room.deposit),
        ]
        return [(label, str(value)) for label, value in facts if value]

    def _get_taker_name(self):
        """Who takes it, in whose name the agreement is signed. In superuser mode."""
        request = self.request_id
        names = (request.acting_for_id.name, request.applicant_name)
        return ", ".join(filter(None, names))

    @api.model
    def _get_taken_sentence(self):
        return self.env._(
            "This room is taken then, with the time to set it up and to clean it. Choose another "
            "day, other hours or another room."
        )
