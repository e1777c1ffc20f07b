"""The question of a room in a form: who may ask, what was chosen on its page, what is kept."""

from datetime import timedelta

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import number, text
from odoo.addons.website_procedure.pages.form_reading import IDENTITY_ADDRESS

# Rooms that one connection, a village hall, has kept in an hour.
HOLDS_AN_HOUR = 20
# A longer one is taken when it is sent, if it is still free: no form blocks weeks.
HOLD_LONGEST = timedelta(days=3)
# What the page of a room says in the address: input, parameter.
CHOSEN = {
    "room": "salle",
    "room_day": "jour",
    "room_period": "moment",
    "room_waiting": "attente",
}


def say_kept(held_sudo):
    """To the one whose form holds this room."""
    return held_sudo.env._(
        "%(room)s: kept for you until %(hour)s. After that others may take it; your answers stay.",
        room=held_sudo.display_name,
        hour=held_sudo._say_hour(held_sudo.held_until),
    )


class RoomPage:
    """Part of the page of a form that asks for a room."""

    # ------------------------------------------------------------
    # Before the first question
    # ------------------------------------------------------------

    def load(self, claim=None, left=None):
        """What was chosen on the page of a room is not asked again."""
        result = super().load(claim, left)
        chosen = {name: text(self.visit.params.get(key), 20) for name, key in CHOSEN.items()}
        chosen = {name: value for name, value in chosen.items() if value}
        if chosen.get("room"):
            self.raw = {**self.raw, **chosen}
            self.forget()
            self.go(0)
        return result

    @property
    def advice(self):
        """Who may ask for the room that was chosen, else for each."""
        rooms_sudo = self.env["room.room"].sudo()
        rooms_sudo = rooms_sudo.search([("procedure_id", "=", self.procedure.id)])
        chosen_sudo = rooms_sudo.filtered(lambda room: room.id == number(self.raw.get("room")))
        return [*super().advice, *(chosen_sudo or rooms_sudo)._get_open_sentences()]

    def _tell_home_refusal(self):
        """The room says for whom, not the procedure."""
        room_sudo = self.env["room.room"].sudo().browse(number(self.raw.get("room")) or []).exists()
        if not self.partner or room_sudo.procedure_id != self.procedure:
            return ""
        asking = self._get_acting_partners() | self.partner
        if room_sudo._is_open_to_one_of(asking):
            return ""
        return self.env._("Your address is elsewhere: choose another room, or call the town hall.")

    # ------------------------------------------------------------
    # Read again
    # ------------------------------------------------------------

    @property
    def asked_booking(self):
        """The room and its moment, as they were typed; empty until both are known."""
        Booking_sudo = self.env["room.booking"].sudo()
        Request_sudo = self.env["procedure.request"].sudo()
        room_sudo, start, stop = Request_sudo._find_room_asked(self._get_typed()[0])
        if not room_sudo or not start:
            return Booking_sudo
        return Booking_sudo.new({"room_id": room_sudo.id, "start": start, "stop": stop})

    @property
    def asked_words(self):
        """When and where, whole: its questions say a date and "the week-end"."""
        return self.asked_booking.display_name or super().asked_words

    @property
    def later_due(self):
        """The last day of the option of this room; none for one who waits behind another."""
        booking = self.asked_booking
        if not booking:
            return super().later_due
        return None if self._waits_for(booking) else booking.room_id._get_option_due()

    def _waits_for(self, booking):
        """Whether what is asked would wait, were it sent now."""
        if not self._get_typed()[0].get("room_waiting"):
            return False
        Booking_sudo = self.env["room.booking"].sudo()
        held_sudo = Booking_sudo._get_held(self.room_holder) if self.room_holder else Booking_sudo
        return bool(booking.room_id._find_conflicts(booking.start, booking.stop, held_sudo))

    @property
    def later_sentence(self):
        sentence = super().later_sentence
        if not self.asked_booking:
            return sentence
        if not self.later_due:
            return self.env._(
                "Send your request now, without it: we ask you for it once the room is yours."
            )
        kept = self.env._(
            "The room is kept for you until that day; after it, it is free for others."
        )
        return f"{sentence} {kept}"

    @property
    def next_sentences(self):
        room = self.asked_booking.room_id
        sentences = [*super().next_sentences]
        # Nothing is paid for a room that costs nothing.
        price = getattr(self, "price", None)
        if room and price and (first := room._get_first_words()):
            sentences.append(
                self.env._(
                    "First payment, once the room is yours: %(amount)s. The agreement says its "
                    "day.",
                    amount=first,
                )
            )
        if room.deposit:
            sentences.append(
                self.env._(
                    "Deposit cheques, given with the keys and back after the state of the place: "
                    "%(deposit)s.",
                    deposit=room.deposit,
                )
            )
        return sentences

    # ------------------------------------------------------------
    # Kept for her
    # ------------------------------------------------------------

    @property
    def room_holder(self):
        """The counter files at once: it holds nothing."""
        is_kept = self.pending and self.pending._name == self.Pending_sudo._name
        return self.pending._get_slot_holder() if is_kept else None

    def _get_requests(self):
        return super()._get_requests().with_context(room_holder=self.room_holder)

    def find_errors(self):
        """A room that is free is kept as soon as its day is known; one that somebody has just
        taken is said beside the day."""
        errors = super().find_errors()
        is_form = self.Pending_sudo._name == self.pending._name and not self.is_preview
        if is_form and self.is_trusted and self.posted.form:
            errors = {**self._find_room_errors(errors), **errors}
        return errors

    def _find_room_errors(self, errors):
        answers, visible = self._get_typed()
        acting_for, _children = self.get_acting()
        Request_sudo = (
            self.env["procedure.request"].sudo().with_context(room_holder=self.room_holder)
        )
        asked = Request_sudo.new(
            {
                "procedure_id": self.procedure.id,
                "version_id": self.version.id,
                "answers": answers,
                "channel": "web",
                "applicant_id": self.partner and self.partner.id,
                "acting_for_id": acting_for and acting_for.id,
                **self._get_home(),
            }
        )
        room_sudo, start, stop = Request_sudo._find_room_asked(answers)
        asked.service_id = room_sudo.service_id
        found = {
            key: sentence for key, sentence in asked._get_moment_errors().items() if key in visible
        }
        found.update(self._get_open_errors(asked, room_sudo))
        if found or not start or errors.keys() & set(CHOSEN) or answers.get("room_waiting"):
            return found
        Booking_sudo = self.env["room.booking"].sudo()
        holder = self.room_holder
        held_sudo = Booking_sudo._get_held(holder) if holder else Booking_sudo
        if not room_sudo._find_conflicts(start, stop, held_sudo):
            self.ensure_pending()
            if stop - start > HOLD_LONGEST:
                Booking_sudo._release_held(self.room_holder)
                return {}
            wanted = (room_sudo, start, stop)
            is_new = (held_sudo.room_id, held_sudo.start, held_sudo.stop) != wanted
            is_counted = is_new or not held_sudo._is_held()
            sender = self.visit.sender
            if is_counted and Booking_sudo._holds_enough_of(room_sudo, sender, self.room_holder):
                # For whoever sends first; `reminders` says so.
                Booking_sudo._release_held(self.room_holder)
                return {}
            if Booking_sudo._hold(room_sudo, start, stop, self.room_holder, sender):
                if is_counted:
                    self._count_hold(Booking_sudo)
                return {}
        # Behind an option she may wait, and is told how.
        return {"room_day": asked._get_taken_problem(room_sudo, start, stop)}

    def _get_open_errors(self, asked, room_sudo):
        """The room is for others: said beside the room, or beside the address of a visitor on the
        page where she types it."""
        errors = asked._get_open_errors(room_sudo)
        if errors and not self.partner and self.is_identity_page:
            return {IDENTITY_ADDRESS: errors["room"]}
        return errors

    def _get_home(self):
        """Where a visitor says that she lives, as far as she said it."""
        typed = None if self.partner else self.identity.get(f"{IDENTITY_ADDRESS}.commune")
        if not isinstance(typed, str) or not typed.strip():
            return {}
        Request_sudo = self.env["procedure.request"].sudo()
        identity, _errors = Request_sudo._prepare_identity(self.identity, "web", self.procedure)
        home = {name: identity.get(name) for name in ("contact_commune_id", "contact_city")}
        if not any(home.values()) and (found := self.get_lookups()["find_commune"](typed)):
            # Chosen before the form: her street is not typed yet.
            commune_sudo = self.env["territory.commune"].sudo()._find_by_insee(found["insee"])
            home["contact_commune_id"] = commune_sudo.id
        return home

    def _count_hold(self, Booking_sudo):
        """What is kept counts, not what was taken by somebody else meanwhile."""
        try:
            guard = self.env["public.guard"]
            guard._hit("room.booking.hold", self.visit.sender, HOLDS_AN_HOUR, 3600)
        except TooManyRequests:
            # Too many forms from here: it is taken when it is sent, if it is still free.
            Booking_sudo._release_held(self.room_holder)

    @property
    def reminders(self):
        return [*super().reminders, *self._get_room_reminders()]

    def _get_room_reminders(self):
        """Until when it is kept; or that it is not."""
        if not self.room_holder:
            return []
        held_sudo = self.env["room.booking"].sudo()._get_held(self.room_holder)
        if not held_sudo._is_held():
            return self._get_unkept_reminders()
        return [say_kept(held_sudo)]

    def _get_unkept_reminders(self):
        """Too long, or one of too many forms from here; nothing of one who waits for it."""
        answers = self._get_typed()[0]
        Request_sudo = self.env["procedure.request"].sudo()
        room_sudo, start, _stop = Request_sudo._find_room_asked(answers)
        if not start or answers.get("room_waiting"):
            return []
        return [
            self.env._(
                "%(room)s: not kept for you, it is yours once your request is sent, if nobody took "
                "it before.",
                room=room_sudo.name,
            )
        ]
