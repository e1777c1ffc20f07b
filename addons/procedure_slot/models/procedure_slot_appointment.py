from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import icalendar

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.ics import make_calendar

from ..field_types import SLOT_TYPE


class Appointment(NamedTuple):
    """What a request asked of one question; `is_taken`: it still has it."""

    question: models.Model
    start: datetime
    stop: datetime
    is_taken: bool
    words: str


class ProcedureSlotAppointment(models.AbstractModel):
    """The slots of a request once it is sent: read, moved, given up, put in one's own calendar.

    In superuser mode, once it is checked who reads.
    """

    _name = "procedure.slot.appointment"
    _description = "Slots of a request, moved or cancelled"

    def _get_appointments(self):
        """List of `Appointment`, in the order of the form; those that were given up too."""
        self.ensure_one()
        answers = self.answers or {}
        return [
            self._make_appointment(question, answers[question.key])
            for question in self._get_slot_questions()
            if answers.get(question.key)
        ]

    def _get_appointment(self, key):
        """The one of this question; None when there is none."""
        for appointment in self._get_appointments():
            if appointment.question.key == key:
                return appointment
        return None

    def _make_appointment(self, question, answer):
        calendar = question.slot_calendar_id
        hers = self._get_bookings_of(question).sorted("id")
        taken = hers.filtered(lambda each: each.state == "taken")
        start = SLOT_TYPE.to_start(answer)
        count = self._count_slots(question)
        known = (taken or hers[-count:]).filtered(lambda each: each.start >= start)
        stop = start + timedelta(minutes=calendar.duration * count)
        return Appointment(
            question,
            start,
            max(known.mapped("stop"), default=stop),
            bool(taken) and start in taken.mapped("start"),
            question._format_answer(answer),
        )

    def _get_bookings_of(self, question):
        """Its places for this question, those that were freed too."""
        return self.slot_booking_ids.filtered(
            lambda each: (
                each.calendar_id == question.slot_calendar_id
                # Those of before the questions were told apart have no key.
                and each.question_key in (question.key, False)
            )
        )

    # ------------------------------------------------------------
    # Moved, given up
    # ------------------------------------------------------------

    def _get_move_problem(self, appointment, actor="applicant"):
        """Why it is not moved; empty when it may be."""
        # Filed away once it was accepted, it has its slot still: whoever ends it frees what is to
        # come.
        has_slot = self.state == "closed" and appointment.is_taken
        if not has_slot and self.state not in self._get_states_with_slot():
            return self.env._("This request is over: its slot cannot be changed.")
        if appointment.start <= fields.Datetime.now() and appointment.is_taken:
            return self.env._("This slot is over.")
        notice = appointment.question.slot_calendar_id.change_notice
        limit = fields.Datetime.now() + timedelta(hours=notice)
        if actor == "applicant" and appointment.is_taken and appointment.start < limit:
            return self.env._(
                "Less than %(count)s hours before, it is changed by phone only: call the service.",
                count=notice,
            )
        return ""

    def _get_cancel_problem(self, appointment, actor="applicant"):
        """Why it is not cancelled; empty when it may be."""
        if not appointment.is_taken:
            return self.env._("This slot is cancelled already.")
        return self._get_move_problem(appointment, actor)

    def _tell_slot_problem(self, problem):
        """To the staff, of one request among several."""
        return self.env._(
            "%(number)s, %(name)s: %(problem)s",
            number=self.number,
            name=self.sudo().applicant_name,
            problem=problem,
        )

    def _get_states_with_slot(self):
        return (*self._get_open_states(), "accepted", "accepted_conditionally")

    def _get_slot_offer(self, question):
        """The slots to which it may move, its own one too."""
        own = question.with_context(slot_request=self.id)
        return SLOT_TYPE.find_offer(own, self.answers or {}, self._count_slots(question))

    def _is_cancelled_with_slot(self, question):
        """Whether it is nothing without it: then it goes with it. One that has another appointment
        goes on. In superuser mode."""
        others = [each for each in self._get_appointments() if each.question != question]
        if any(each.is_taken for each in others):
            return False
        return question.required and self.state in self._get_transitions()["cancel"].before

    def _move_slot(self, key, start, by=None, actor="applicant"):
        """To another slot, which is taken before the former one is free.

        :param by: the applicant; empty for a visitor who showed number and code
        :param actor: "applicant" or "agent", who is bound by no notice
        :raise AnswersInvalid: it is not free any more; the former one is kept
        :raise UserError: it is not moved any more
        """
        self.ensure_one()
        self._check_actor(actor, by)
        request_sudo = self.sudo()
        before = request_sudo._get_checked_appointment(key, "move", actor)
        if start == before.start and before.is_taken:
            return
        slots = {slot.start: slot for slot in request_sudo._get_slot_offer(before.question)}
        if start not in slots:
            raise AnswersInvalid({key: SLOT_TYPE.get_gone_sentence(self.env)})
        calendar = before.question.slot_calendar_id
        count = request_sudo._count_slots(before.question)
        if not before.is_taken and calendar._is_full_for(request_sudo, 0, count):
            raise AnswersInvalid({key: calendar._get_full_sentence()})
        lang = request_sudo._get_mail_lang()
        say = request_sudo.with_context(lang=lang).env["procedure.slot.booking"]._say
        words = say(slots[start].start, slots[start].stop)
        with self.env.cr.savepoint():
            answer = {"id": SLOT_TYPE.to_id(start), "label": words}
            request_sudo._correct_answers({key: answer})
        former = before.words if before.is_taken else ""
        request_sudo._on_slot_changed("slot_moved")
        request_sudo._tell_slot("procedure_slot.mail_slot_moved", key, slot=words, former=former)
        if actor == "applicant":
            request_sudo._remind_agent(self.env._("The applicant moved the slot"))

    def _cancel_slot(self, key, by=None, actor="applicant", reasons=""):
        """Given up: the place is free. The request goes on, or goes with it when it asks nothing
        without (`_is_cancelled_with_slot`) and its applicant is the one who gives up.

        :param by: the applicant; empty for a visitor who showed number and code
        :param actor: "applicant" or "agent", who is bound by no notice
        :raise UserError: it is not cancelled any more
        """
        self.ensure_one()
        self._check_actor(actor, by)
        request_sudo = self.sudo()
        appointment = request_sudo._get_checked_appointment(key, "cancel", actor)
        goes = actor == "applicant" and request_sudo._is_cancelled_with_slot(appointment.question)
        if goes:
            # Its own mail says so.
            self._cancel(by=by)
        answer = {**request_sudo.answers[key], "cancelled": True}
        request_sudo._correct_answers({key: answer})
        if goes:
            return
        request_sudo._on_slot_changed("slot_cancelled")
        template = "mail_slot_cancelled" if actor == "applicant" else "mail_slot_withdrawn"
        values = {"slot": appointment.words, "reasons": reasons}
        request_sudo._tell_slot(f"procedure_slot.{template}", key, **values)
        if actor == "applicant":
            request_sudo._remind_agent(self.env._("The applicant cancelled the slot"))

    def _release_slots_to_come(self):
        """It is over. What has begun stays as it was: she came, or was awaited."""
        now = fields.Datetime.now()
        for appointment in self._get_appointments():
            if appointment.start > now:
                self._get_bookings_of(appointment.question)._release()

    def _tell_freed(self, appointment, is_by_applicant):
        """Freed with its request; the service has a task when she gives it up too late to do so
        alone."""
        words = appointment.words
        self._message_log(body=self.env._("The slot is free again: %(slot)s.", slot=words))
        key = appointment.question.key
        self._tell_slot("procedure_slot.mail_slot_freed", key, slot=words)
        now = fields.Datetime.now()
        notice = appointment.question.slot_calendar_id.change_notice
        if is_by_applicant and appointment.start < now + timedelta(hours=notice):
            for user in self.user_id or self.service_id.user_ids:
                summary = self.with_context(lang=user.lang).env._(
                    "The applicant withdrew: nobody comes to this slot"
                )
                self._add_tasks(user, summary, clock.local_day(now), note=words)

    def _get_checked_appointment(self, key, act, actor):
        appointment = self._get_appointment(key)
        if not appointment:
            raise UserError(self.env._("This request has no slot."))
        check = self._get_move_problem if act == "move" else self._get_cancel_problem
        if problem := check(appointment, actor):
            raise UserError(problem)
        return appointment

    def _tell_slot(self, template, key, **values):
        """With the event that her own calendar takes in the place of the former one."""
        ics = self._make_ics(self._get_appointment(key))
        self._tell_applicant(template, attachments=[(self.env._("appointment.ics"), ics)], **values)

    def _remind_slots(self, bookings):
        """The day before; several in a row are one. In superuser mode."""
        if self.state not in self._get_states_with_slot():
            return
        service = self.service_id
        address = " ".join(filter(None, (service.zip, service.city)))
        place = ", ".join(filter(None, (service.name, service.street, address)))
        for appointment in self._get_appointments():
            if appointment.is_taken and appointment.start in bookings.mapped("start"):
                template = "procedure_slot.mail_slot_reminder"
                words = {
                    "slot": appointment.words,
                    "place": place,
                    "phone": service.phone,
                    "to_bring": appointment.question.slot_calendar_id.to_bring,
                }
                self._tell_slot(template, appointment.question.key, **words)

    def _on_slot_changed(self, kind):
        """Hook: it was moved ("slot_moved") or given up ("slot_cancelled"); nobody is told yet."""

    # ------------------------------------------------------------
    # In the calendar of those who come
    # ------------------------------------------------------------

    def _get_slot_url(self, key, page=""):
        """Hook: where she reads it, moves it, or has its event (`page`: "agenda.ics"); empty: no
        page does so."""
        return ""

    def _make_ics(self, appointment):
        """Its event (RFC 5545): always the same one, of a higher number at each change."""
        question = appointment.question
        hers = self._get_bookings_of(question)
        freed = hers.filtered(lambda each: each.state == "freed")
        service = self.service_id
        event = icalendar.Event()
        event.add("uid", f"{self.id}-{question.key}@{urlsplit(self.get_base_url()).hostname}")
        # A move frees as many and takes some, a cancellation frees them: each one adds.
        event.add("sequence", max(0, len(hers) + len(freed) - 1))
        moment = max([self.date_submitted, *hers.mapped("write_date")])
        event.add("dtstamp", moment.replace(tzinfo=UTC))
        event.add("dtstart", appointment.start.replace(tzinfo=UTC))
        event.add("dtend", appointment.stop.replace(tzinfo=UTC))
        event.add("summary", self.procedure_id.short_name or self.procedure_id.name)
        event.add("status", "CONFIRMED" if appointment.is_taken else "CANCELLED")
        address = " ".join(filter(None, (service.zip, service.city)))
        place = ", ".join(filter(None, (service.name, service.street, address)))
        event.add("location", place)
        to_bring = question.slot_calendar_id.to_bring
        lines = (self.number, to_bring, service.phone, self._get_url())
        event.add("description", "\n".join(filter(None, lines)))
        event.add("url", self._get_url())
        return make_calendar("procedure_slot", [event])
