from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from odoo.addons.procedure.circuit import Transition
from odoo.addons.territory_base import clock

from .procedure_procedure import KIND
from .procedure_request_room import ROOM_KEYS
from .room_booking import TAKING

GIVES = ("accept", "accept_conditionally")
# The room is hers; a request may be filed away before its day.
GIVEN = ("accepted", "accepted_conditionally", "closed")
# The keys are not given yet.
BEFORE_KEYS = ("option", "complete", "signed", "paid", "waiting")


class ProcedureRequest(models.Model):
    """A request that books a room, from its option to the keys."""

    _name = "procedure.request"
    _inherit = ["procedure.request.option", "procedure.request.room", "procedure.request"]

    room_booking_ids = fields.One2many(
        "room.booking", "request_id", "Room", readonly=True, groups="base.group_user", copy=False
    )

    is_room_to_withdraw = fields.Boolean(
        compute="_compute_is_room_to_withdraw", groups="base.group_user"
    )

    @api.depends("state", "room_booking_ids.state")
    def _compute_is_room_to_withdraw(self):
        for request in self:
            request.is_room_to_withdraw = request.sudo()._has_room_before_keys()

    def _has_room_before_keys(self):
        """Whether it may be given up still, once it is given. In superuser mode."""
        states = self.room_booking_ids.mapped("state")
        return self.state in GIVEN and bool({"complete", "signed", "paid"} & {*states})

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    @api.model
    def _prepare_place(self, vals):
        """The room says which town hall answers, wherever its applicant lives."""
        place = super()._prepare_place(vals)
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        if procedure.kind == KIND:
            room, _start, _stop = self._find_room_asked(vals["answers"])
            if room:
                place.update(commune_id=room.commune_id.id, service_id=room.service_id.id)
        return place

    @api.model
    def _get_tariff_applicant(self, vals):
        """An association of the commune, whose free bookings are counted."""
        applicant = super()._get_tariff_applicant(vals)
        is_association = applicant["kind"] == "association"
        if is_association and "commune" in (applicant["residence"] or ()):
            applicant["room_association_id"] = vals.get("acting_for_id")
            # What it has of the year already is not counted against it.
            applicant["room_request_id"] = vals.get("id")
        return applicant

    def _check_filing(self):
        errors = super()._check_filing()
        if self.procedure_id.kind == KIND:
            errors.update(self._get_room_errors())
        return errors

    def _store_filing(self, filing, day):
        """Before its number: who finds the room taken is told so, and nothing else is done."""
        if self.procedure_id.kind == KIND:
            self._take_room()
        return super()._store_filing(filing, day)

    def _correct_answers(self, corrected):
        result = super()._correct_answers(corrected)
        if self.kind == KIND:
            self._check_room_correction(corrected.keys())
            if ROOM_KEYS & corrected.keys():
                self._take_room()
        return result

    # ------------------------------------------------------------
    # Circuit
    # ------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        known = super()._get_transitions()
        return {
            **known,
            # Once the room is hers: she needs it no more.
            "room_give_up": Transition(
                GIVEN,
                "cancelled",
                "applicant",
                kinds=(KIND,),
                effect="_on_cancelled",
                mail="procedure.mail_cancelled",
            ),
            # Told by phone, or the town hall needs the room.
            "room_withdraw": Transition(
                GIVEN,
                "cancelled",
                "agent",
                kinds=(KIND,),
                effect="_on_cancelled",
                mail="room_booking.mail_withdrawn",
                needs_reasons=True,
                is_answer=True,
            ),
            # The day has come, and the room was never free.
            "room_missed": Transition(
                known["drop"].before,
                "dropped",
                "system",
                kinds=(KIND,),
                decision="dropped",
                effect="_on_dropped",
                mail="procedure.mail_dropped",
            ),
            "room_expire": Transition(
                known["drop"].before,
                "dropped",
                "system",
                kinds=(KIND,),
                decision="dropped",
                effect="_on_room_expired",
                mail="room_booking.mail_option_ended",
            ),
        }

    def action_withdraw_room(self, reasons):
        """The room is free again; its applicant is told why."""
        self._run_transition("room_withdraw", reasons=reasons)

    def _get_act_title(self, action):
        if action != "room_withdraw":
            return super()._get_act_title(action)
        self.ensure_one()
        self.check_access("read")  # a name is computed in superuser mode
        return self.env._(
            "Cancel the booking of %(name)s, request %(number)s",
            name=self.who,
            number=self.number,
        )

    def _check_transition(self, name):
        if self.kind == KIND:
            self._check_room_transition(name)
        return super()._check_transition(name)

    def _check_room_transition(self, name):
        booking = self.room_booking_ids.filtered(lambda each: each._is_current())
        if name in GIVES and booking.state not in TAKING:
            raise UserError(
                self.env._("The room is not free then: agree on another day with who asks.")
            )
        asks_insurance = "room_insurance" in self.version_id.field_ids.mapped("key")
        if name in GIVES and asks_insurance and not booking.insurance_covers:
            raise UserError(
                self.env._(
                    "Read the insurance first: on the booking, tick that it covers these days."
                )
            )
        is_given_up = name in ("room_give_up", "room_withdraw")
        if is_given_up and not booking:
            raise UserError(self.env._("This request has no room any more."))
        if is_given_up and booking.state not in BEFORE_KEYS:
            raise UserError(self.env._("The keys were given: call the town hall."))

    def _on_accepted(self):
        if self.kind == KIND:
            self._confirm_room()
        return super()._on_accepted()

    def _confirm_room(self):
        """The file is complete: the agreement is drawn, signed already where it was on the site."""
        booking = self.room_booking_ids.filtered(lambda each: each.state == "option")
        today = clock.today()
        vals = {"state": "complete", "complete_on": today}
        if self.signature_ids and not self._get_unsigned_fields():
            vals = {"state": "signed", "complete_on": today, "signed_on": today}
        if booking:
            booking.write({**vals, **booking._prepare_first_payment()})
            self._make_agreement(booking)

    def _update_payment(self):
        result = super()._update_payment()
        self.room_booking_ids._update_first_payment()
        return result

    def _get_payment_sentences(self, kind=None):
        """What is paid first is said first."""
        sentences = super()._get_payment_sentences(kind)
        request_sudo = self.sudo()
        booking_sudo = request_sudo.room_booking_ids.filtered(lambda each: each._is_current())
        if not booking_sudo:
            return sentences
        values = None
        if booking_sudo.state == "option" and request_sudo._is_given(kind):
            values = booking_sudo._prepare_first_payment()
        return [*filter(None, [booking_sudo._get_first_sentence(values)]), *sentences]

    def _make_agreement(self, booking):
        request = self.with_context(lang=self._get_mail_lang())
        user = self.env.user
        is_signed = not user.share and not user._is_superuser()
        body = request._render_letter(
            "room_agreement",
            signer=is_signed and "\n".join(filter(None, (user.partner_id.function, user.name))),
            template="room_booking.agreement_body",
            booking=booking.with_env(request.env),
            signatures=booking.state == "signed" and request._get_signature_rows(),
        )
        name = request.env._("Agreement for the use of %(room)s", room=booking.room_id.name)
        request._make_letter("room_agreement", name, body)

    def _get_decided_facts(self, kind=None):
        """Which room and when, of a refusal too: the last that was asked."""
        facts = super()._get_decided_facts(kind)
        booking = self.room_booking_ids.sorted("id")[-1:]
        return [*booking._get_place_facts(), *facts] if booking else facts

    def _get_settled_sentences(self):
        """Which room, when, for how much: as long as it is to come."""
        said = super()._get_settled_sentences()
        if self.kind != KIND:
            return said
        now = fields.Datetime.now()
        # Whoever reads the request reads its room.
        to_come_sudo = self.sudo().room_booking_ids.filtered(
            lambda each: each.state in BEFORE_KEYS and each.stop > now
        )
        return [*said, *(each._get_receipt_words() for each in to_come_sudo)]

    def _on_refused(self):
        self._release_room()
        return super()._on_refused()

    def _on_dropped(self):
        self._release_room()
        return super()._on_dropped()

    def _on_cancelled(self):
        self._release_room()
        return super()._on_cancelled()

    def _on_room_expired(self):
        self.room_booking_ids.filtered(lambda each: each._is_current())._release("expired")
        return self._on_dropped()

    def _on_reopened(self):
        result = super()._on_reopened()
        if self.kind == KIND:
            self._take_room_again()
        return result

    def _release_room(self):
        self.room_booking_ids.filtered(lambda each: each._is_current())._release()

    # ------------------------------------------------------------
    # The desk, the end
    # ------------------------------------------------------------

    def action_open_room(self):
        """The booking that it made."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "room.booking",
            "res_id": self.room_booking_ids.sorted("id")[-1:].id,
            "view_mode": "form",
        }

    def _filter_unfinished(self):
        """Until the deposit is settled, then as long as the procedure keeps its requests."""
        return super()._filter_unfinished() | self.filtered(
            lambda request: request.room_booking_ids._is_retained(
                date_utils.subtract(
                    fields.Datetime.now(), months=request.procedure_id.retention_months
                )
            )
        )

    def _forget(self):
        self.room_booking_ids._forget()
        return super()._forget()
