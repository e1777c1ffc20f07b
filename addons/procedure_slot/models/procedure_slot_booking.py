from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.territory_base import clock

# Nobody is woken by a reminder.
REMIND_FROM = 8


class ProcedureSlotBooking(models.Model):
    """A place of a slot: held while a form is filled in, taken by a request, or free again."""

    _name = "procedure.slot.booking"
    _inherit = "procedure.slot.hold"
    _description = "Place of a slot"
    _order = "start, calendar_id, place, id"

    calendar_id = fields.Many2one("procedure.slot.calendar", required=True, index=True)
    service_id = fields.Many2one(related="calendar_id.service_id")
    procedure_id = fields.Many2one(related="request_id.procedure_id")
    applicant_name = fields.Char("Who comes", related="request_id.applicant_name")
    applicant_phone = fields.Char("Phone", related="request_id.applicant_phone")
    start = fields.Datetime("Begins", required=True, index=True)
    stop = fields.Datetime("Ends", required=True)
    place = fields.Integer(required=True)
    state = fields.Selection(
        [("held", "Held"), ("taken", "Taken"), ("freed", "Freed")], required=True, index=True
    )
    held_until = fields.Datetime()
    held_since = fields.Datetime("Held since", help="When its form began to hold a place.")
    request_id = fields.Many2one("procedure.request", index="btree_not_null", ondelete="cascade")
    question_key = fields.Char("Question", help="Key of the question that it answers.")
    date_reminded = fields.Datetime("Reminded on", readonly=True, copy=False)
    holder = fields.Char(
        help="Digest of the secret of the form that holds it.", groups=fields.NO_ACCESS
    )

    # What refuses one too many, whatever the code above does.
    _place_uniq = models.UniqueIndex(
        "(calendar_id, start, place) WHERE state IN ('held', 'taken')",
        "This slot has just been taken. Choose another one.",
    )
    _taken_by_request = models.Constraint(
        "CHECK(state != 'taken' OR request_id IS NOT NULL)", "A place is taken by a request."
    )
    _held_until_set = models.Constraint(
        "CHECK(state != 'held' OR held_until IS NOT NULL)", "A place is held until a moment."
    )

    @api.depends("start", "stop")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for booking in self:
            known = booking.start and booking.stop
            booking.display_name = known and self._say(booking.start, booking.stop)

    @api.model
    def _say(self, start, stop):
        """A slot in words, by the clocks of the territory, whoever reads."""
        return self.env._(
            "%(day)s from %(start)s to %(stop)s",
            day=self._say_day(clock.local_time(start).date()),
            start=self._say_hour(start),
            stop=self._say_hour(stop),
        )

    @api.model
    def _say_day(self, day):
        # The first of a month is "1er" in French, and the patterns of dates do not know it.
        is_first = day.day == 1 and (self.env.lang or "").startswith("fr")
        number = "d'er'" if is_first else "d"
        return format_date(self.env, day, date_format=f"EEEE {number} MMMM y")

    @api.model
    def _say_hour(self, moment):
        local = clock.local_time(moment)
        return self.env._("%(hour)s:%(minute)s", hour=local.hour, minute=f"{local.minute:02}")

    def action_open_move(self):
        """To another slot, for somebody who called."""
        self.ensure_one()
        self.check_access("read")
        request = self.request_id
        request._check_actor("agent")
        key = self._get_question_key()
        request_sudo = request.sudo()
        current_sudo = request_sudo._get_checked_appointment(key, "move", "agent")
        wizard = self.env["procedure.slot.move.wizard"].create(
            {
                "request_id": request.id,
                "question_key": key,
                "current": current_sudo.words,
                "option_ids": [
                    Command.create({"name": self._say(slot.start, slot.stop), "start": slot.start})
                    for slot in request_sudo._get_slot_offer(current_sudo.question)
                    if slot.start != current_sudo.start
                ],
            }
        )
        return {**self._make_window(wizard), "name": self.env._("Move the slot")}

    def action_open_withdraw(self):
        """The list of those who come, before anything is cancelled; those of whom it cannot be are
        named, and why."""
        self.check_access("read")
        taken = self.filtered(lambda each: each.state == "taken")
        problems = taken._get_cancel_problems()
        wizard = self.env["procedure.slot.withdraw.wizard"].create(
            {
                "booking_ids": [Command.set((taken - taken.browse().union(*problems)).ids)],
                "left_out": "\n".join(
                    bookings.request_id._tell_slot_problem(problem)
                    for bookings, problem in problems.items()
                ),
            }
        )
        return {**self._make_window(wizard), "name": self.env._("Cancel and tell who comes")}

    def _group_by_question(self):
        """{(request, key of the question): its places}"""
        return self.grouped(lambda each: (each.request_id, each._get_question_key()))

    def _get_cancel_problems(self):
        """{places of one question: why its service cannot cancel them}, once it is checked who
        reads them."""
        problems = {}
        for (request, key), bookings in self._group_by_question().items():
            request_sudo = request.sudo()
            appointment_sudo = request_sudo._get_appointment(key)
            problem = (
                request_sudo._get_cancel_problem(appointment_sudo, "agent")
                if appointment_sudo
                else self.env._("This request has no slot.")
            )
            if problem:
                problems[bookings] = problem
        return problems

    @api.model
    def _make_window(self, wizard):
        return {
            "type": "ir.actions.act_window",
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_question_key(self):
        """Of the question that it answers; those of before they were told apart have none."""
        self.ensure_one()
        calendar_sudo = self.sudo().calendar_id
        questions_sudo = self.request_id.sudo()._get_slot_questions()
        same_sudo = questions_sudo.filtered(lambda each: each.slot_calendar_id == calendar_sudo)
        return self.question_key or same_sudo[:1].key

    def _filter_counted_with(self, request):
        """Of those that `_get_counted_domain` of this request found: an address that only begins as
        hers is somebody else's. In superuser mode."""
        name, _value = request._get_surest_identity()
        if name != "mailbox":
            return self
        return self.filtered(lambda each: each.request_id._counts_with(request, name))

    def _release(self):
        """The place is for somebody else: refused, cancelled, moved. In superuser mode."""
        self.filtered(lambda each: each.state == "held").unlink()
        self.exists().filtered(lambda each: each.state == "taken").write({"state": "freed"})

    @api.model
    def _release_holders(self, holders):
        """What these forms hold is for somebody else: they are given up. In superuser mode.

        :param holders: secrets of forms, as `_hold` takes them
        """
        digest = self.env["procedure.slot.calendar"]._digest_holder
        holders = [digest(holder) for holder in holders]
        self.search([("state", "=", "held"), ("holder", "in", holders)]).unlink()

    @api.model
    def _get_held_until(self, holders):
        """Until when these forms hold all of what they hold; nothing when they hold nothing. In
        superuser mode."""
        digest = self.env["procedure.slot.calendar"]._digest_holder
        held = self.search(
            [
                ("state", "=", "held"),
                ("holder", "in", [digest(holder) for holder in holders]),
                ("held_until", ">", fields.Datetime.now()),
            ]
        )
        return min(held.mapped("held_until"), default=None)

    @api.model
    def _remind_due(self):
        """Who comes tomorrow reads so once: not who has asked for it today. By the cron."""
        now = fields.Datetime.now()
        if clock.local_time(now).hour < REMIND_FROM:
            return
        domain = Domain("state", "=", "taken") & Domain("date_reminded", "=", False)
        domain &= Domain("calendar_id.sends_reminder", "=", True)
        domain &= Domain("start", ">", now) & Domain("start", "<", now + timedelta(days=2))
        tomorrow = clock.local_day(now) + timedelta(days=1)
        waiting = self.search(domain).filtered(
            lambda each: (
                clock.local_day(each.start) == tomorrow
                and clock.local_day(each.request_id.date_submitted) < clock.local_day(now)
            )
        )
        remaining = len(waiting)
        for request, bookings in waiting.grouped("request_id").items():
            remaining -= len(bookings)
            # One that is moved or cancelled at this moment waits for the next run.
            if bookings.try_lock_for_update(allow_referencing=True) != bookings:
                continue
            bookings.date_reminded = now
            # The cron has no language: the words, and the name of the file, are hers.
            request.with_context(lang=request._get_mail_lang())._remind_slots(bookings)
            self.env["ir.cron"]._commit_progress(len(bookings), remaining=remaining)

    @api.autovacuum
    def _gc_holds(self):
        """Nothing is left of a form that nobody sent."""
        self.search([("state", "=", "held"), ("held_until", "<=", fields.Datetime.now())]).unlink()
