from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NINE, NOW, TWENTY_PAST
from .test_slot_moved import SlotMovedCommon

# Her appointment is on Tuesday the 24th at nine; she asks for it on the Friday before.
FRIDAY = "2026-03-20 08:00:00"
EARLY = "2026-03-23 05:00:00"


@tagged("post_install", "-at_install")
class TestSlotReminder(SlotMovedCommon):
    """The day before, once, whoever still comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A cron commits after each request, which no test may do.
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)

    def _remind(self, moment=NOW):
        """The cron at that moment; returns the messages that it wrote."""
        before = self.env["mail.message"].search([])
        with freeze_time(moment):
            self.env["procedure.slot.booking"].sudo()._remind_due()
        return self.env["mail.message"].search([]) - before

    @freeze_time(FRIDAY)
    def _early(self, *args, **kwargs):
        return self._meet(*args, **kwargs)

    def test_the_day_before_and_once(self):
        request = self._early()
        self.assertFalse(self._remind("2026-03-22 09:00:00"), "two days before")
        self.assertFalse(self._remind(EARLY), "nobody is woken")
        (message,) = self._remind()
        self.assertEqual(message.res_id, request.id)
        self.assertIn("demain", message.subject)
        words = str(message.body).replace("&nbsp;", "\xa0")
        self.assertIn("mardi 24 mars 2026 de 9\xa0h\xa000", words)
        self.assertEqual(message.attachment_ids.mapped("name"), ["rendez-vous.ics"])
        for moment in (NOW, "2026-03-23 20:00:00", "2026-03-24 07:00:00", "2026-03-25 09:00:00"):
            self.assertFalse(self._remind(moment), moment)

    def test_never_of_what_is_cancelled_or_over(self):
        cancelled, refused = self._early(), self._early(TWENTY_PAST, self.dominique)
        with freeze_time(FRIDAY):
            self._cancel(cancelled)
            refused.with_user(self.agent).action_take()
            refused.with_user(self.agent).action_refuse("Non.")
        self.assertFalse(self._remind())

    def test_moved_it_is_reminded_of_its_new_day_only(self):
        self.calendar.days_ahead = 20
        request = self._early()
        with freeze_time(FRIDAY):
            self._move(request, NINE.replace(day=31, hour=7))
        self.assertFalse(self._remind())
        (message,) = self._remind("2026-03-30 09:00:00")
        self.assertIn("mardi 31 mars", str(message.body))

    def test_asked_the_same_day_it_is_not_reminded(self):
        """Its acknowledgment has just said so."""
        with freeze_time(NOW):
            self._meet()
        self.assertFalse(self._remind("2026-03-23 12:00:00"))

    def test_a_calendar_does_without(self):
        self._early()
        self.calendar.sends_reminder = False
        self.assertFalse(self._remind())

    def test_several_in_a_row_are_one_reminder(self):
        request = self._early()
        (first,) = request.sudo().slot_booking_ids
        names = ("calendar_id", "request_id", "place", "state", "question_key")
        second = first._convert_to_write({name: first[name] for name in names})
        first.create({**second, "start": first.stop, "stop": first.stop + timedelta(minutes=20)})
        self.assertEqual(len(self._remind()), 1)
        self.assertFalse(self._remind("2026-03-23 12:00:00"))

    def test_the_cron_is_there(self):
        cron = self.env.ref("procedure_slot.procedure_slot_reminder_cron")
        self.assertEqual(cron.code, "model._remind_due()")
