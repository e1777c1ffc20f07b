from collections import Counter
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock

from ..field_types import SLOT_TYPE


class SlotAnswer(NamedTuple):
    """A slot that is asked: its first moment, and how many in a row."""

    question: models.Model
    start: datetime
    count: int


class ProcedureRequest(models.Model):
    """The slots of a request: taken with it, free again when it is over."""

    _name = "procedure.request"
    _inherit = ["procedure.request", "procedure.slot.appointment"]

    slot_booking_ids = fields.One2many(
        "procedure.slot.booking", "request_id", groups="base.group_user", copy=False
    )

    @api.model
    def _get_lookups(self, version, applicant):
        """The slot that the form holds is free for it, and for a request the one that it has."""
        holder = self.env.context.get("slot_holder")
        own = version.with_context(slot_holder=holder, slot_request=self.id)
        return super()._get_lookups(own, applicant)

    def _check_filing(self):
        errors = super()._check_filing()
        asked = Counter()
        for answer in self._get_slot_answers():
            calendar = answer.question.slot_calendar_id
            if calendar._is_full_for(self, asked[calendar], answer.count):
                errors[answer.question.key] = calendar._get_full_sentence()
            asked[calendar] += answer.count
        return errors

    def _store_filing(self, filing, day):
        """Before its number: who finds no place is told so, and nothing else is done."""
        self._take_slots()
        return super()._store_filing(filing, day)

    def _correct_answers(self, corrected):
        before = self._get_slot_answers()
        result = super()._correct_answers(corrected)
        self._take_slots(before)
        return result

    def _get_settled_sentences(self):
        said = super()._get_settled_sentences()
        if not self._get_slots_to_come():
            return said
        now = fields.Datetime.now()
        return said + [
            self.env._("Appointment: %(slot)s", slot=each.words)
            for each in self._get_appointments()
            if each.is_taken and each.stop > now
        ]

    def _get_slots_to_come(self):
        # Whoever reads the request reads its hour; its bookings are the service's.
        bookings_sudo = self.sudo().slot_booking_ids
        if self.state not in self._get_states_with_slot():
            return bookings_sudo.browse()
        now = fields.Datetime.now()
        return bookings_sudo.filtered(lambda each: each.state == "taken" and each.stop > now)

    def _is_answered_at_once(self):
        return super()._is_answered_at_once() or bool(
            self.procedure_id.kind == "generic"
            and (self._get_slots_to_come() or self._is_slot_past())
            and self.version_id.field_ids._is_answered_by_slot()
        )

    def _is_slot_past(self):
        """Whether it was for an appointment alone, whose hour is over: nothing more is awaited of
        it, although nobody has closed it. In superuser mode."""
        self.ensure_one()
        if self.procedure_id.kind != "generic" or self.state not in ("submitted", "in_review"):
            return False
        taken = self.slot_booking_ids.filtered(lambda each: each.state == "taken")
        return (
            bool(taken)
            and not self._get_slots_to_come()
            and self.version_id.field_ids._is_answered_by_slot()
        )

    def _get_short_name(self):
        """With the day that is taken, where the column of the delay says when it is answered."""
        name = super()._get_short_name()
        request_sudo = self.sudo()
        taken_sudo = request_sudo._get_slots_to_come()
        if not taken_sudo or request_sudo._is_answered_at_once():
            return name
        return self.env._(
            "%(name)s, appointment on %(day)s", name=name, day=self._say_slot(taken_sudo)
        )

    def _say_slot(self, taken_sudo):
        """The day and the hour of the first of these places, in short."""
        first_sudo = taken_sudo.sorted("start")[0]
        return self.env._(
            "%(day)s, %(hour)s",
            day=format_date(self.env, clock.local_day(first_sudo.start), date_format="EEE d MMM"),
            hour=first_sudo.with_env(self.env)._say_hour(first_sudo.start),
        )

    def _get_due_label(self, today):
        """The day that is taken, where a number of days would say nothing."""
        request_sudo = self.sudo()
        taken_sudo = request_sudo._get_slots_to_come()
        if request_sudo._is_slot_past():
            return self.env._("Appointment over")
        if not taken_sudo or not request_sudo._is_answered_at_once():
            return super()._get_due_label(today)
        return self._say_slot(taken_sudo)

    def _take_slots(self, known=()):
        """A place for each slot that is answered; what was answered before is free again.

        :param known: answers that are not asked again, with a place or without
        :raise AnswersInvalid: one of them is not free any more
        """
        if missed := self._try_slots(known):
            sentence = SLOT_TYPE.get_gone_sentence(self.env)
            raise AnswersInvalid({answer.question.key: sentence for answer in missed})

    def _try_slots(self, known=()):
        """:return: list of the answers that have no place for this request"""
        has = {answer: self._get_places_of(answer) for answer in self._get_slot_answers()}
        taken = self.slot_booking_ids.filtered(lambda each: each.state == "taken")
        kept = taken.browse().union(*has.values())
        (taken - kept)._release()
        return [
            answer
            for answer, places in has.items()
            if not places
            and answer not in known
            and not answer.question.slot_calendar_id._take(
                answer.start,
                self,
                answer.question._get_slot_holder(),
                answer.count,
                answer.question.key,
            )
        ]

    def _get_places_of(self, answer):
        """What it has taken for this answer; nothing when it is not all of it."""
        calendar = answer.question.slot_calendar_id
        return calendar._keep_run(
            self.slot_booking_ids.filtered(
                lambda each: (
                    each.state == "taken"
                    and each.calendar_id == calendar
                    # Those of before the questions were told apart have no key.
                    and each.question_key in (answer.question.key, False)
                )
            ),
            answer.start,
            answer.count,
        )

    def _take_back_slots(self):
        """Those that were freed with it, though they are too near now, or not offered any more."""
        for answer in self._get_slot_answers():
            if self._get_places_of(answer):
                continue
            moment = answer.start
            for _slot in range(answer.count):
                hers = self.slot_booking_ids.filtered(
                    lambda each, answer=answer, moment=moment: (
                        each.start == moment
                        and each.calendar_id == answer.question.slot_calendar_id
                    )
                ).sorted("id")[-1:]
                if not hers:
                    break
                hers.calendar_id._take_again(hers)
                moment = hers.stop

    def _get_slot_answers(self):
        """List of `SlotAnswer`, but those that were given up. In superuser mode.

        By calendar and moment: two forms that choose the same slots wait for each other in the
        same order.
        """
        answers = self.answers or {}
        found = [
            SlotAnswer(
                question,
                SLOT_TYPE.to_start(answers[question.key]),
                self._count_slots(question),
            )
            for question in self._get_slot_questions()
            if answers.get(question.key) and not answers[question.key].get("cancelled")
        ]
        return sorted(found, key=lambda each: (each.question.slot_calendar_id.id, each.start))

    def _count_slots(self, question):
        """How many in a row; what it has already when its answers do not say it any more."""
        own = question.with_context(slot_request=self._origin.id)
        count = SLOT_TYPE.count_slots(own, self.answers or {})
        taken = self._get_bookings_of(question).filtered(lambda each: each.state == "taken")
        return count or max(1, len(taken))

    def _get_slot_questions(self):
        return self.version_id.field_ids.filtered(lambda each: each._get_type() == SLOT_TYPE)

    def _acknowledgment_values(self, code=None):
        """When she is awaited, how it comes into her own calendar, and with what."""
        request_sudo = self.sudo()
        return {
            **super()._acknowledgment_values(code),
            "slots": [
                (
                    each.words,
                    self._get_slot_url(each.question.key, "agenda.ics"),
                    each.question.slot_calendar_id.to_bring,
                )
                for each in request_sudo._get_appointments()
                if each.is_taken
            ],
        }

    def _get_todo_sentences(self, kind=None):
        """Where she is awaited: a letter on paper is all that some people have."""
        sentences = super()._get_todo_sentences(kind)
        if kind and not self.env["procedure.decision"]._get_facts(kind).gives:
            return sentences
        taken = [each for each in self.sudo()._get_appointments() if each.is_taken]
        return [
            *sentences,
            *(self.env._("Your appointment: %(slot)s.", slot=each.words) for each in taken),
        ]

    # ------------------------------------------------------------
    # What becomes of it
    # ------------------------------------------------------------

    def _follow_transition(self, name, **words):
        """Whatever else is said of the end of a request, or is not: she reads that nobody awaits
        her any more."""
        before = [each for each in self._get_appointments() if each.is_taken]
        result = super()._follow_transition(name, **words)
        for appointment in before:
            key = appointment.question.key
            if not self._get_appointment(key).is_taken:
                self._tell_freed(appointment, is_by_applicant=name == "cancel")
        return result

    def _on_refused(self):
        result = super()._on_refused()
        self._release_slots_to_come()
        return result

    def _on_dropped(self):
        result = super()._on_dropped()
        self._release_slots_to_come()
        return result

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self._release_slots_to_come()
        return result

    def _on_reopened(self):
        """Its slot again, if nobody took it meanwhile; otherwise the service reads that it has
        none, and has a task."""
        result = super()._on_reopened()
        self._take_back_slots()
        for answer in self._try_slots():
            words = answer.question._format_answer(self.answers[answer.question.key])
            note = self.env._("This request has no slot any more: %(slot)s.", slot=words)
            self._message_log(body=note)
            today = clock.today()
            for user in self.user_id or self.service_id.user_ids:
                summary = self.with_context(lang=user.lang).env._("Agree on another slot")
                self._add_tasks(user, summary, today, note=note)
        return result

    def _forget(self):
        """Who came when is forgotten with the rest."""
        self.slot_booking_ids.unlink()
        return super()._forget()
