from odoo import api, models
from odoo.tools import format_date

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_form.engine.definition import read_day
from odoo.addons.procedure_form.field_types.time import read_minutes
from odoo.addons.territory_base import clock

from .. import moments
from .procedure_procedure import KIND

# Answers that say which room, and when.
ROOM_KEYS = {"room", "room_day", "room_last_day", "room_period", "room_from", "room_to"}
# Beside which question each problem of a moment is said.
PLACES = {"hours": "room_from", "weekend": "room_day", "backwards": "room_to", "long": "room_to"}


class ProcedureRequestRoom(models.AbstractModel):
    """The room that a request asks for: who may, when, and the place that it takes."""

    _name = "procedure.request.room"
    _description = "Room of a request"

    @api.model
    def _find_room_asked(self, answers):
        """(room, first moment, last moment); what is not known, or cannot be, is empty.

        In superuser mode.
        """
        room_id = (answers.get("room") or {}).get("id")
        room = self.env["room.room"].browse(room_id or []).exists()
        if not room or not answers.get("room_day"):
            return room, None, None
        try:
            return room, *self._find_range(room, answers)
        except moments.NoRange:
            return room, None, None

    @api.model
    def _find_range(self, room, answers):
        """:raise NoRange: the answers together give no moment"""
        first, last = (read_day(answers.get(key) or "") for key in ("room_day", "room_last_day"))
        times = (answers.get(key) for key in ("room_from", "room_to"))
        start, stop = (read_minutes(text) if text else None for text in times)
        period = answers.get("room_period") or moments.HOURS
        return moments.find_range(period, first, room._get_hours(), last, start, stop)

    # ------------------------------------------------------------
    # Before it is filed
    # ------------------------------------------------------------

    def _get_room_errors(self):
        """What forbids this room, for her and then: dict key -> sentence. In superuser mode."""
        room, start, stop = self._find_room_asked(self.answers or {})
        errors = {**self._get_moment_errors(), **self._get_open_errors(room)}
        if room and not errors and self._has_options_enough(room):
            errors["room"] = self.env._(
                "You have %(count)s options to come in the rooms of this commune already: give one "
                "up first, or call the town hall.",
                count=room.options_max,
            )
        if start and not errors and not self._has_room(room, start, stop):
            if sentence := self._get_taken_problem(room, start, stop):
                errors["room_day"] = sentence
        return errors

    def _get_open_errors(self, room):
        if not room or room._is_open_to(self._get_room_residence()):
            return {}
        sentence = self.env._(
            "%(sentence)s Your address is elsewhere: choose another room, or call the town hall.",
            sentence=room._get_open_sentence(),
        )
        return {"room": sentence}

    def _check_room_correction(self, keys):
        """What a filing refuses, a correction refuses too. In superuser mode.

        :raise AnswersInvalid: what these answers ask for cannot be
        """
        if not keys & (ROOM_KEYS | {"room_persons"}):
            return
        errors = self._get_moment_errors()
        if not keys & ROOM_KEYS:
            # How many they are, alone: the day may have come nearer since.
            errors = {key: errors[key] for key in errors.keys() & {"room_persons"}}
        room, _start, _stop = self._find_room_asked(self.answers or {})
        known_room = self._get_own_booking().room_id
        if known_room and room != known_room:
            errors.update(self._get_open_errors(room))
            if room.service_id != known_room.service_id:
                errors["room"] = self.env._(
                    "This room is that of another town hall: make another request for it."
                )
        if errors:
            raise AnswersInvalid(errors)

    def _has_options_enough(self, room):
        """She, or her mailbox, on the site only: the town hall takes what it wants. Two forms that
        are sent at once are counted one after the other."""
        if self.channel != "web" or not room.options_max:
            return False
        commune_id = room.commune_id.id
        guard = self.env["public.guard"]
        guard._take_turn("room.options", commune_id)
        with guard._own_cursor() as cr:
            # Of a room that this transaction has just made, the other one knows nothing.
            asked = self.env(cr=cr)["room.room"]._find_options(commune_id).request_id
            hers = asked.filtered(lambda each: each._counts_with(self, "account", "mailbox"))
            return len(hers) >= room.options_max

    def _get_moment_errors(self):
        """What is wrong with these answers, whoever asks: dict key -> sentence. In superuser
        mode."""
        answers = self.answers or {}
        room, start, _stop = self._find_room_asked(answers)
        errors = {}
        persons = answers.get("room_persons") or 0
        if room.capacity and persons > room.capacity:
            errors["room_persons"] = self.env._(
                "This room holds %(count)s persons at most.", count=room.capacity
            )
        if not room or not answers.get("room_day"):
            return errors
        if not start:
            return {**errors, **self._get_range_error(room, answers)}
        booked = self._origin.room_booking_ids.filtered(lambda each: each._is_current())[:1]
        is_hers = booked.room_id == room and clock.local_day(booked.start) == clock.local_day(start)
        if is_hers:
            return errors
        if problem := self._get_day_problem(room, clock.local_day(start)):
            errors["room_day"] = problem
        return errors

    def _get_room_residence(self):
        names = ("applicant_id", "acting_for_id", "contact_commune_id", "service_id")
        vals = {name: self[name]._origin.id for name in names}
        applicant = self._get_tariff_applicant({**vals, "contact_city": self.contact_city})
        return applicant["residence"]

    def _get_range_error(self, room, answers):
        try:
            self._find_range(room, answers)
        except moments.NoRange as problem:
            sentences = {
                "hours": self.env._("Say from when to when."),
                "weekend": self.env._(
                    "A week-end begins on a Saturday: choose a Saturday, or other hours."
                ),
                "backwards": self.env._("It ends before it begins: check the days and the hours."),
                "long": self.env._(
                    "A booking lasts %(days)s days at most: call the town hall.",
                    days=moments.DAYS_MAX,
                ),
            }
            return {PLACES[problem.code]: sentences[problem.code]}
        return {}

    def _get_day_problem(self, room, day):
        """On the site only: the town hall takes what it wants."""
        if self.channel != "web":
            return ""
        if day < room._get_first_day():
            return self.env._(
                "This room is asked at least %(days)s days before: call the town hall.",
                days=room.notice_days,
            )
        if day > room._get_last_day():
            return self.env._(
                "This room is not open so far ahead: choose a day until %(day)s.",
                day=format_date(self.env, room._get_last_day(), date_format="dd/MM/yyyy"),
            )
        return ""

    def _has_room(self, room, start, stop):
        """Whether it has exactly this already, or its form holds it."""
        own = self._get_own_booking()
        return (own.room_id, own.start, own.stop) == (room, start, stop) or not (
            room._find_conflicts(start, stop, own)
        )

    def _get_own_booking(self):
        """What this request has, or what its form holds. In superuser mode."""
        Booking = self.env["room.booking"]
        own = self._origin.room_booking_ids.filtered(lambda each: each._is_current())[:1]
        holder = self.env.context.get("room_holder")
        return own or (Booking._get_held(holder) if holder else Booking)

    def _get_taken_problem(self, room, start, stop):
        """Empty when she waits for it."""
        sentence = self.env["room.booking"]._get_taken_sentence()
        asks_whether = "room_waiting" in self.version_id.field_ids.mapped("key")
        if not asks_whether or not room._is_behind_options(start, stop):
            return sentence
        if self.answers.get("room_waiting"):
            return ""
        return self.env._(
            "%(sentence)s It is an option only: tick “%(label)s” below, and it is yours if the "
            "option falls.",
            sentence=sentence,
            label=self.version_id.field_ids.filtered(lambda each: each.key == "room_waiting").label,
        )

    # ------------------------------------------------------------
    # Taken, moved, taken again. In superuser mode.
    # ------------------------------------------------------------

    def _take_room(self):
        """The room of these answers, in the transaction that files or corrects them.

        :raise AnswersInvalid: somebody was faster
        """
        room, start, stop = self._find_room_asked(self.answers or {})
        own = self._get_own_booking()
        if not start or (own.request_id, own.room_id, own.start, own.stop) == (
            self,
            room,
            start,
            stop,
        ):
            return own
        former_room = own.room_id
        # What is counted below is counted by one at a time.
        self.env["public.guard"]._take_turn("room.booking", room.id)
        hers = own.filtered("request_id")
        may_wait = not hers or hers.state == "waiting"
        vals = self._prepare_room_booking(room, start, hers)
        if not may_wait:
            # Moved: how far it is does not change.
            vals.update({name: hers[name] for name in ("state", "option_until", "reminded_on")})
        if hers:
            # What was read covered the former days.
            vals["insurance_covers"] = False
        booking = room._book(start, stop, own, **vals)
        if not booking and may_wait and self.answers.get("room_waiting"):
            if room._is_behind_options(start, stop):
                vals.update(room_id=room.id, start=start, stop=stop, state="waiting")
                booking = hers._put(vals)
        if not booking:
            sentence = self.env["room.booking"]._get_taken_sentence()
            raise AnswersInvalid({"room_day": sentence})
        (former_room or room)._offer_to_waiting()
        return booking

    def _prepare_room_booking(self, room, start, hers):
        """:param hers: the booking that is moved; it does not count"""
        association = self._get_room_association()
        is_gratis = bool(
            association
            and self.version_id.tariff_ids
            and room._count_gratis_left(association.id, start, hers) > 0
        )
        if not hers and association and not is_gratis:
            self._check_gratis_price()
        return {
            **room._prepare_option(),
            "request_id": self.id,
            "association_id": association.id,
            "is_gratis": is_gratis,
            "holder": False,
            "held_from": False,
            "held_until": False,
            "held_since": False,
        }

    def _check_gratis_price(self):
        """Its price was reckoned when one was left: another request had it meanwhile."""
        if any(line.total_cents < 0 for line in self.price_line_ids):
            sentence = self.env._(
                "Another request of your association has just had the last free booking of the "
                "year: read the price again, then send."
            )
            raise AnswersInvalid({"room_day": sentence})

    def _get_room_association(self):
        """Of the commune, in whose name she asks."""
        whose = self.acting_for_id
        is_hers = whose.kind == "association" and "commune" in (self._get_room_residence() or ())
        return whose if is_hers else whose.browse()

    def _take_room_again(self):
        """Reopened: its room again when it is still free, else it waits for it and its service has
        a task."""
        last = self.room_booking_ids.sorted("id")[-1:]
        if last.state in ("complete", "signed", "paid"):
            # Its answers may change: the agreement is made again.
            again = {**last.room_id._prepare_option(), "complete_on": False, "signed_on": False}
            last.write(again)
        if not last or last._is_current():
            return
        room = last.room_id
        if room._book(last.start, last.stop, last, **room._prepare_option()):
            return
        last.write({"state": "waiting"})
        self._message_log(body=self.env._("The room was given meanwhile: this booking waits."))
        today = clock.today()
        for user in self.user_id or self.service_id.user_ids:
            summary = self.with_context(lang=user.lang).env._("The room is taken: agree on a day")
            self._add_tasks(user, summary, today)

    def _get_silence_rule_today(self):
        """The law answers associations (CGCT L2144-3); what silence says to a person that hires a
        room is not settled."""
        rule = super()._get_silence_rule_today()
        is_association = self.acting_for_id.kind == "association"
        return rule if self.procedure_id.kind != KIND or is_association else None
