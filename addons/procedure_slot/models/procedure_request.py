from collections import Counter

from odoo import api, fields, models

from odoo.addons.procedure.delays import local_day
from odoo.addons.procedure.exceptions import AnswersInvalid

from ..field_types import SLOT_TYPE


class ProcedureRequest(models.Model):
    """The slots of a request: taken with it, free again when it is over."""

    _inherit = "procedure.request"

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
        for question, _start in self._get_slot_answers():
            calendar = question.slot_calendar_id
            if calendar._is_full_for(self, asked[calendar]):
                errors[question.key] = self.env._(
                    "You have all the slots to come that one household may have here "
                    "(%(count)s). Cancel one to choose another.",
                    count=calendar.max_per_household,
                )
            asked[calendar] += 1
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

    def _take_slots(self, known=()):
        """A place for each slot that is answered; what was answered before is free again.

        :param known: list of (question, moment) that are not asked again, with a place or without
        :raise AnswersInvalid: one of them is not free any more
        """
        if missed := self._try_slots(known):
            sentence = self.env._("This slot has just been taken. Choose another one.")
            raise AnswersInvalid({question.key: sentence for question, _start in missed})

    def _try_slots(self, known=()):
        """:return: list of (question, moment) that has no place for this request"""
        wanted = self._get_slot_answers()
        starts = {(question.slot_calendar_id, start) for question, start in wanted}
        taken = self.slot_booking_ids.filtered(lambda each: each.state == "taken")
        kept = taken.filtered(lambda each: (each.calendar_id, each.start) in starts)
        (taken - kept)._free()
        has = {(each.calendar_id, each.start) for each in kept}
        holder = self.env.context.get("slot_holder")
        return [
            (question, start)
            for question, start in wanted
            if (question, start) not in known
            and (question.slot_calendar_id, start) not in has
            and not question.slot_calendar_id._take(start, self, holder)
        ]

    def _take_back_slots(self):
        """Those that were freed with it, though they are too near now, or not offered any more."""
        for question, start in self._get_slot_answers():
            hers = self.slot_booking_ids.filtered(
                lambda each, calendar=question.slot_calendar_id, start=start: (
                    (each.calendar_id, each.start) == (calendar, start)
                )
            )
            if hers and "taken" not in hers.mapped("state"):
                question.slot_calendar_id._take_again(hers.sorted("id")[-1])

    def _get_slot_answers(self):
        """List of (question, moment) of the slots that are answered. In superuser mode.

        By calendar and moment: two forms that choose the same slots wait for each other in the
        same order.
        """
        answers = self.answers or {}
        found = [
            (question, SLOT_TYPE.to_start(answers[question.key]))
            for question in self.version_id.field_ids
            if question._get_type() == SLOT_TYPE and answers.get(question.key)
        ]
        return sorted(found, key=lambda each: (each[0].slot_calendar_id.id, each[1]))

    # ------------------------------------------------------------
    # What becomes of it
    # ------------------------------------------------------------

    def _on_refused(self):
        result = super()._on_refused()
        self.slot_booking_ids._free()
        return result

    def _on_dropped(self):
        result = super()._on_dropped()
        self.slot_booking_ids._free()
        return result

    def _on_cancelled(self):
        result = super()._on_cancelled()
        self.slot_booking_ids._free()
        return result

    def _on_reopened(self):
        """Its slot again, if nobody took it meanwhile; otherwise the service reads that it has
        none, and has a task."""
        result = super()._on_reopened()
        self._take_back_slots()
        for question, _start in self._try_slots():
            words = question._format_answer(self.answers[question.key])
            note = self.env._("This request has no slot any more: %(slot)s.", slot=words)
            self._message_log(body=note)
            today = local_day(fields.Datetime.now())
            for user in self.user_id or self.service_id.user_ids:
                summary = self.with_context(lang=user.lang).env._("Agree on another slot")
                self._add_tasks(user, summary, today, note=note)
        return result

    def _forget(self):
        """Who came when is forgotten with the rest."""
        self.slot_booking_ids.unlink()
        return super()._forget()
