from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_tell

# Button: states before, state after, the day that is noted.
STAGES = {
    "sign": (("complete",), "signed", "signed_on"),
    "pay": (("signed",), "paid", "paid_on"),
    "hand_over": (("signed", "paid"), "handed", "handed_on"),
    "take_back": (("handed",), "back", "back_on"),
    "give_back": (("back",), "returned", "deposit_on"),
    "keep": (("back",), "kept", "deposit_on"),
}


class RoomBookingStage(models.AbstractModel):
    """From the option to the deposit given back: what the town hall notes, in order."""

    _name = "room.booking.stage"
    _description = "Stages of a booking"

    state = fields.Selection(
        [
            ("held", "Held while a form is filled in"),
            ("waiting", "Waits for the room"),
            ("internal", "Kept by the town hall"),
            ("option", "Option"),
            ("complete", "Complete file"),
            ("signed", "Agreement signed"),
            ("paid", "First payment received"),
            ("handed", "Handed over"),
            ("back", "Given back"),
            ("returned", "Deposit given back"),
            ("kept", "Deposit kept"),
            ("expired", "Option ended"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="internal",
        index=True,
        readonly=True,
    )
    insurance_covers = fields.Boolean(
        "The insurance covers these days", help="Its dates, its name and the room were read."
    )
    is_identity_seen = fields.Boolean("Identity seen", help="Seen, never copied.")
    has_cheques = fields.Boolean("Deposit cheques received")
    note_in = fields.Text("State of the place, before")
    note_out = fields.Text("State of the place, after")
    deposit_reason = fields.Text(
        "Why the deposit is kept", help="The applicant reads it, with the mail that says so."
    )
    complete_on = fields.Date("File complete on", readonly=True)
    signed_on = fields.Date("Agreement signed on", readonly=True)
    paid_on = fields.Date("First payment on", readonly=True)
    handed_on = fields.Date("Handed over on", readonly=True)
    back_on = fields.Date("Given back on", readonly=True)
    deposit_on = fields.Date("Deposit settled on", readonly=True)
    has_deposit = fields.Boolean("Has a deposit", compute="_compute_has_deposit")
    can_handle = fields.Boolean(compute="_compute_can_handle")

    @api.depends("has_cheques", "room_id.deposit")
    def _compute_has_deposit(self):
        """Something is to be given back: what was received stays, whatever the room asks now."""
        for booking in self:
            booking.has_deposit = bool(booking.has_cheques or booking.room_id.deposit)

    def _compute_can_handle(self):
        user = self.env.user
        for booking in self:
            request_sudo = booking.sudo().request_id
            booking.can_handle = bool(request_sudo) and request_sudo._is_handled_by(user)

    def action_sign(self):
        """The agreement came back signed."""
        self._advance("sign")

    def action_pay(self):
        """The first payment has come."""
        self._advance("pay")

    def action_hand_over(self):
        """The keys are given, the state of the place is written."""
        self._advance("hand_over")

    def action_take_back(self):
        """The keys are back, the state of the place is written."""
        self._advance("take_back")

    def action_give_back(self):
        """The deposit is given back."""
        self._advance("give_back")

    def action_keep(self):
        """The deposit is kept; its applicant is told why."""
        self._advance("keep")

    def _advance(self, stage):
        """One step, by the town hall of the room, in its order.

        :raise AccessError: not by this person
        :raise UserError: not from this state, or something was not seen
        """
        self.ensure_one()
        self.check_access("write")
        if not self.request_id:
            raise UserError(self.env._("The town hall itself uses the room."))
        self.request_id._check_actor("agent")
        self._check_own_room()
        booking_sudo = self.sudo()
        lock_or_tell(booking_sudo)
        booking_sudo.invalidate_recordset(["state"])
        before, after, day = STAGES[stage]
        if booking_sudo.state not in before:
            states = dict(self._fields["state"]._description_selection(self.env))
            sentence = self.env._(
                "This is not done now. This booking is: %(state)s.",
                state=states[booking_sudo.state],
            )
            raise UserError(sentence)
        booking_sudo._check_stage(stage)
        booking_sudo.write({"state": after, day: clock.today()})
        booking_sudo._tell_stage(stage)

    def _check_own_room(self):
        """Who reads a request may be of another service than that of the room."""
        user = self.env.user
        if user.has_groups("territory_base.territory_group_manager,base.group_system"):
            return
        if self.sudo().room_id.service_id not in user.sudo().territory_service_ids:
            raise AccessError(self.env._("Only the town hall of this room does this."))

    def _check_stage(self, stage):
        """:raise UserError: what has to be seen, or written, before"""
        problem = ""
        match stage:
            case "pay" if not self.is_first_expected:
                problem = self.env._("No first payment is expected for this booking.")
            case "hand_over" if not self.is_identity_seen:
                problem = self.env._("See first the identity of the person who takes the keys.")
            case "hand_over" if self.room_id.deposit and not self.has_cheques:
                problem = self.env._("The deposit cheques are not ticked as received.")
            case "hand_over" if not (self.note_in or "").strip():
                problem = self.env._("Write the state of the place first.")
            case "take_back" if not (self.note_out or "").strip():
                problem = self.env._("Write the state of the place first.")
            case "give_back" | "keep" if not self.has_deposit:
                problem = self.env._("This room asks no deposit: nothing is left to do.")
            case "keep" if not (self.deposit_reason or "").strip():
                problem = self.env._("Write why the deposit is kept: the applicant reads it.")
        if problem:
            raise UserError(problem)

    def _tell_stage(self, stage):
        """In the history of its request; by mail once the deposit is settled."""
        states = dict(self._fields["state"]._description_selection(self.env))
        note = self.env._("Room: %(state)s", state=states[self.state])
        self.request_id._message_log(body=note)
        if stage in ("give_back", "keep"):
            lang = self.request_id._get_mail_lang()
            self.request_id._tell_applicant(
                "room_booking.mail_deposit",
                room_words=self.with_context(lang=lang).display_name,
                reasons=self.deposit_reason if stage == "keep" else "",
            )

    def _is_retained(self, before):
        """Whether one of them is not settled, or was there later than that moment."""
        return any(
            each.state == "handed"
            or (each.state == "back" and each.has_deposit)
            or (each.state not in ("cancelled", "expired", "waiting") and each.stop > before)
            for each in self
        )

    def _get_applicant_words(self):
        """Where it stands, as its applicant reads it. In superuser mode."""
        self.ensure_one()
        day = self.option_until and self.option_until.strftime("%d/%m/%Y")
        words = {
            "waiting": self._get_waiting_sentence(),
            "option": self.env._("Option: the room is kept for you until %(day)s.", day=day),
            "complete": self.env._(
                "Booked: your file is complete. Sign the agreement, and give it back to us."
            ),
            "signed": self.env._("Booked, and the agreement is signed."),
            "paid": self.env._("Booked: your first payment has come."),
            "handed": self.env._(
                "You have the keys. Leave the room clean, and tell us what broke."
            ),
            "back": self.env._("The keys are back. We settle your deposit.")
            if self.has_deposit
            else self.env._("The keys are back. Thank you."),
            "returned": self.env._("Your deposit is given back."),
            "kept": self.env._(
                "Your deposit is kept: %(reason)s", reason=self.deposit_reason or ""
            ),
            "expired": self.env._("The option has ended: the room is free for others."),
            "cancelled": self.env._("Cancelled: the room is free for others."),
        }
        parts = [words.get(self.state, ""), self._get_first_sentence()]
        if self.is_first_expected:
            parts.append(self.request_id.procedure_id._get_payment_means())
        return " ".join(filter(None, parts))

    def _get_receipt_words(self):
        """Which room, when, for how much and how sure that is: one line of her receipt. In
        superuser mode."""
        self.ensure_one()
        request = self.request_id
        day = self.option_until
        standing = {
            "option": day
            and self.env._(
                "in option until %(day)s", day=self.env["procedure.slot.booking"]._say_day(day)
            ),
            "waiting": self.env._("you wait for it"),
        }.get(self.state, self.env._("booked"))
        words = self.with_context(room_who_first=False).display_name
        return ", ".join(filter(None, [words, request.has_price and request.price_label, standing]))

    @api.model
    def _get_waiting_sentence(self):
        return self.env._(
            "You wait for this room: it is an option of somebody else. If it falls, we write to "
            "you."
        )

    def _get_stage_days(self):
        """(label, day) of what is done, in its order."""
        self.ensure_one()
        names = ("complete_on", "signed_on", "paid_on", "handed_on", "back_on", "deposit_on")
        labels = {name: self._fields[name]._description_string(self.env) for name in names}
        return [(labels[name], self[name].strftime("%d/%m/%Y")) for name in names if self[name]]
