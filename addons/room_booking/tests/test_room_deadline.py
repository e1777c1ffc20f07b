from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from odoo.addons.procedure.tests.common import upload

from .common import RoomCase


def tidy(text):
    return " ".join(html2plaintext(str(text)).replace("\xa0", " ").split())


@tagged("post_install", "-at_install")
class TestRoomDeadline(RoomCase):
    """One day only: what lacks is asked for until the option ends."""

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: 1000)

    @freeze_time("2026-11-28 10:00:00")
    def test_what_lacks_is_asked_until_the_last_day_of_the_option(self):
        """Eight days later is a Sunday: the option lasts until the working day that follows."""
        request = self._ask(whole=False, room_day="2026-12-14")
        booking = request.room_booking_ids
        monday = date(2026, 12, 7)
        self.assertEqual((booking.option_until, request.date_completion_due), (monday, monday))
        told = tidy(request.message_ids.filtered("subject")[-1:].body)
        self.assertIn("07/12/2026", told)
        self.assertIn("gardée pour vous jusqu’à ce jour", told)
        self.assertNotIn("06/12/2026", told)
        self.assertIn("07/12/2026", booking._get_applicant_words())

    def _ask_completion(self, request, due=None):
        item = {"label": "Statuts", "reason": "Il les faut"}
        request.with_user(self.secretary).action_ask_completion([item], due=due)

    def test_what_an_agent_asks_for_keeps_the_room_until_then(self):
        request = self._ask()
        booking = request.room_booking_ids
        last = booking.option_until
        self._ask_completion(request, date(2026, 11, 30))
        self.assertEqual((booking.option_until, request.date_completion_due), (last, last))
        self.assertIn("gardée pour vous jusqu’à ce jour", tidy(request.message_ids[:1].body))
        other = self._ask(room_day="2026-12-18")
        self._ask_completion(other, date(2026, 12, 10))
        later = date(2026, 12, 10)
        kept = other.room_booking_ids.option_until
        self.assertEqual((kept, other.date_completion_due), (later, later))
        # The town hall looked at it late: the option is over, and the room is still hers.
        third = self._ask(room_day="2027-01-15")
        with freeze_time("2026-12-21"):
            self._ask_completion(third)
            kept = third.room_booking_ids.option_until
            self.assertEqual(kept, date(2026, 12, 29))
            self.assertEqual(third.date_completion_due, kept)

    def test_a_day_before_the_end_of_the_option_is_told_beside_it(self):
        request = self._ask()
        last = request.room_booking_ids.option_until
        action = request.with_user(self.secretary).action_open_completion()
        wizards = self.env[action["res_model"]].with_user(self.secretary)
        with Form(wizards.with_context(**action["context"])) as form:
            form.date_due = last
            self.assertFalse(form.due_note)
            form.date_due = date(2026, 11, 30)
            self.assertIn(last.strftime("%d/%m/%Y"), form.due_note)
            self.assertIn("The room is kept", form.due_note)
            # Later than the option: the room is kept as long, nothing is raised.
            form.date_due = date(2026, 12, 10)
            self.assertFalse(form.due_note)

    def _wait(self, **answers):
        """Camille has the option, Sacha waits without the insurance."""
        first = self._ask(room_day="2026-12-14")
        self.room.open_to = "all"
        waits = self._ask(
            self.sacha, whole=False, room_day="2026-12-14", room_waiting="1", **answers
        )
        self.assertEqual(waits.room_booking_ids.state, "waiting")
        return first, waits

    def test_who_waits_is_asked_for_nothing_before_her_turn(self):
        first, waits = self._wait()
        self.assertEqual((waits.state, waits.date_completion_due), ("submitted", False))
        self.assertFalse(waits._get_asked_items())
        told = tidy(waits.message_ids.filtered("subject")[-1:].body)
        self.assertIn("Vous attendez cette salle", told)
        self.assertIn("nous vous demanderons alors", told)
        self.assertIn("assurance", told)
        self.assertNotIn("au plus tard", told)
        with freeze_time("2026-12-02 10:00:00"):
            first.with_user(self.secretary).action_refuse("Non")
        booking = waits.room_booking_ids
        self.assertEqual((waits.state, booking.state), ("to_complete", "option"))
        self.assertEqual(booking.option_until, date(2026, 12, 10))
        self.assertEqual(waits.date_completion_due, booking.option_until)
        message = waits.message_ids.filtered("subject")[:1]
        self.assertIn("10/12/2026", tidy(message.body))
        self.assertIn("assurance", tidy(message.body))
        waits.with_user(self.sacha)._complete(
            files={"room_insurance": [upload()]}, by=self.sacha.partner_id
        )
        self.assertEqual(waits.state, "in_review")

    def test_an_agent_who_takes_who_waits_gives_up_no_insurance(self):
        first, waits = self._wait()
        waits.with_user(self.secretary).action_take()
        first.with_user(self.secretary).action_refuse("Non")
        self.assertEqual(waits.state, "to_complete")
        self.assertTrue(waits._get_asked_items())

    def test_who_waits_with_a_whole_file_is_only_told(self):
        first = self._ask(room_day="2026-12-14")
        waits = self._ask(room_day="2026-12-14", room_waiting="1")
        self.assertNotIn("demanderons", tidy(waits.message_ids[:1].body))
        first.with_user(self.secretary).action_refuse("Non")
        self.assertEqual((waits.state, waits.room_booking_ids.state), ("submitted", "option"))
