from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ForeignKeyViolation, UniqueViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NINE, NOW, TWENTY_PAST, SlotCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotBooking(SlotCommon):
    """Places of a slot: held for a quarter of an hour, taken by a request, free again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.request = cls._submit()

    def test_it_is_said_by_the_clocks_of_here(self):
        booking = self.calendar._take(NINE, self.request).with_context(lang="fr_FR")
        self.assertEqual(booking.display_name, "mardi 24 mars 2026 de 9\xa0h\xa000 à 9\xa0h\xa020")
        booking = booking.with_context(tz="Asia/Tokyo")
        july = fields.Datetime.to_datetime("2026-07-01 07:00:00")
        self.assertEqual(
            booking._say(july, july + timedelta(minutes=30)),
            "mercredi 1er juillet 2026 de 9\xa0h\xa000 à 9\xa0h\xa030",
        )

    def test_what_is_held_is_offered_to_who_holds_it_only(self):
        self.assertTrue(self.calendar._hold(NINE, "camille"))
        self.assertIn(NINE, self._starts("camille"))
        self.assertNotIn(NINE, self._starts("dominique"))
        self.assertNotIn(NINE, self._starts())
        self.assertFalse(self.calendar._hold(NINE, "dominique"))
        self.assertFalse(self.calendar._take(NINE, self.request))
        # The secret of the form is not what is kept of it.
        self.assertNotIn("camille", self.calendar.booking_ids.sudo().mapped("holder"))

    def test_another_choice_frees_the_first(self):
        self.calendar._hold(NINE, "camille")
        self.calendar._hold(TWENTY_PAST, "camille")
        self.assertIn(NINE, self._starts("dominique"))
        self.assertEqual(len(self.calendar.booking_ids), 1)
        # What could not be held leaves what was.
        self.calendar._hold(NINE, "dominique")
        self.assertFalse(self.calendar._hold(NINE, "camille"))
        self.assertNotIn(TWENTY_PAST, self._starts("dominique"))

    def test_a_draft_that_is_left_frees_its_place(self):
        self.calendar._hold(NINE, "camille")
        with freeze_time("2026-03-23 08:14:00"):
            self.assertFalse(self.calendar._hold(NINE, "dominique"))
        with freeze_time("2026-03-23 08:15:00"):
            self.assertIn(NINE, self._starts("dominique"))
            self.assertTrue(self.calendar._take(NINE, self.request))
            self.assertEqual(self.calendar.booking_ids.mapped("state"), ["taken"])

    def test_a_hold_is_renewed_and_gone_in_the_night(self):
        self.calendar._hold(NINE, "camille")
        with freeze_time("2026-03-23 08:10:00"):
            self.calendar._hold(NINE, "camille")
        with freeze_time("2026-03-23 08:20:00"):
            self.assertFalse(self.calendar._hold(NINE, "dominique"))
            self.env["procedure.slot.booking"]._gc_holds()
            self.assertTrue(self.calendar.booking_ids)
        with freeze_time("2026-03-23 09:00:00"):
            self.env["procedure.slot.booking"]._gc_holds()
        self.assertFalse(self.calendar.booking_ids)

    def test_a_hold_is_renewed_for_an_hour_and_no_more(self):
        """Sent again every ten minutes, another hour each time, it would be kept for ever."""
        for minute in range(0, 60, 10):
            with freeze_time(f"2026-03-23 08:{minute:02}:00"):
                start = (NINE, TWENTY_PAST)[minute // 10 % 2]
                self.assertTrue(self.calendar._hold(start, "camille"))
                self.assertNotIn(start, self._starts("dominique"))
        with freeze_time("2026-03-23 09:01:00"):
            self.calendar._hold(TWENTY_PAST, "camille")
            self.assertIn(TWENTY_PAST, self._starts("dominique"))
        with freeze_time("2026-03-23 09:16:00"):
            self.calendar._hold(TWENTY_PAST, "camille")
            self.assertNotIn(TWENTY_PAST, self._starts("dominique"))

    def test_several_are_held_together_or_not_at_all(self):
        last = NINE + timedelta(minutes=40)
        self.calendar.days_ahead = 5
        self.assertEqual(len(self.calendar._hold(NINE, "camille", 2)), 2)
        self.assertFalse(self.calendar._hold(TWENTY_PAST, "dominique", 2))
        self.assertEqual(self._starts("dominique"), [last])
        # One of hers stays in the other choice: it is kept, the other goes.
        self.assertEqual(len(self.calendar._hold(TWENTY_PAST, "camille", 2)), 2)
        self.assertEqual(self._starts("dominique"), [NINE])
        self.assertFalse(self.calendar._hold(last, "camille", 2))
        self.assertEqual(self._starts("dominique"), [NINE])
        taken = self.calendar._take(TWENTY_PAST, self.request, "camille", 2, "slot")
        self.assertEqual(taken.mapped("state"), ["taken", "taken"])

    def test_what_a_form_gives_up_is_free(self):
        self.calendar._hold(NINE, "camille")
        self.calendar._hold(TWENTY_PAST, "dominique")
        Booking = self.env["procedure.slot.booking"]
        self.assertEqual(str(Booking._get_held_until(["camille"])), "2026-03-23 08:15:00")
        Booking._release_holders(["camille", "nobody"])
        self.assertIn(NINE, self._starts())
        self.assertNotIn(TWENTY_PAST, self._starts())
        self.assertFalse(Booking._get_held_until(["camille"]))

    def test_who_held_it_takes_it(self):
        held = self.calendar._hold(NINE, "camille")
        taken = self.calendar._take(NINE, self.request, "camille")
        self.assertEqual((held, taken.state, taken.request_id), (taken, "taken", self.request))
        self.assertFalse(taken.sudo().holder)
        self.assertFalse(self.calendar._take(NINE, self._submit(self.dominique), "camille"))

    def test_each_place_once(self):
        self.calendar.capacity = 3
        places = [self.calendar._take(NINE, self.request).place for _each in range(4)]
        self.assertEqual(places, [1, 2, 3, False])
        second = self.calendar.booking_ids.filtered(lambda each: each.place == 2)
        second._release()
        self.assertEqual(self.calendar._take(NINE, self.request).place, 2)
        self.assertEqual(second.state, "freed")

    def test_a_capacity_that_was_lowered_counts_the_places_above_it(self):
        self.calendar.capacity = 2
        first = self.calendar._take(NINE, self.request)
        self.calendar._take(NINE, self.request)
        first._release()
        self.calendar.capacity = 1
        self.assertNotIn(NINE, self._starts())
        self.assertFalse(self.calendar._take(NINE, self.request))

    def test_the_database_refuses_one_too_many(self):
        booking = self.calendar._take(NINE, self.request)
        again = booking.copy_data({"state": "taken"})
        with self.assertRaisesRegex(UniqueViolation, "place_uniq"), mute_logger("odoo.sql_db"):
            booking.create(again)
            self.env.flush_all()

    def test_a_slot_that_is_not_offered_is_nobody_s(self):
        for start in (
            NINE + timedelta(minutes=10),  # Between two slots.
            NINE + timedelta(days=1),  # Not a day of the calendar.
            NINE + timedelta(days=14),  # Too far.
        ):
            self.assertFalse(self.calendar._take(start, self.request))
        with freeze_time("2026-03-24 06:30:00"):
            # Less than two hours before.
            self.assertFalse(self.calendar._take(NINE, self.request))
        self.calendar.active = False
        self.assertFalse(self.calendar._take(NINE, self.request))

    def test_other_lengths_do_not_sell_a_place_twice(self):
        self.calendar._take(TWENTY_PAST, self.request)
        self.calendar.duration = 30
        # Who comes from 9:20 to 9:40 is there in both half-hours.
        for start in (NINE, NINE + timedelta(minutes=30)):
            self.assertTrue(self.calendar._find_run(start))
            self.assertNotIn(start, self._starts())
            self.assertFalse(self.calendar._take(start, self.request))

    def test_a_household_has_so_many(self):
        self.calendar.max_per_household = 1
        other = self._submit()
        self.assertFalse(self.calendar._is_full_for(self.request))
        booking = self.calendar._take(NINE, self.request)
        self.assertFalse(self.calendar._is_full_for(self.request))
        self.assertTrue(self.calendar._is_full_for(other))
        self.assertFalse(self.calendar._is_full_for(self._submit(self.dominique)))
        booking._release()
        self.assertFalse(self.calendar._is_full_for(other))

    def test_an_address_is_nobody_else_s(self):
        """Without account: "_" is no wildcard, and the case does not matter."""
        self.calendar.max_per_household = 1
        visitor = {"household_id": False, "applicant_id": False}
        self.request.sudo().write({**visitor, "contact_email": "annaXb@exemple.fr"})
        self.calendar._take(NINE, self.request)
        other = self._submit().sudo()
        for email, is_full in (
            ("anna_b@exemple.fr", False),
            ("%@exemple.fr", False),
            ("AnnaXB@exemple.fr", True),
        ):
            other.write({**visitor, "contact_email": email})
            self.assertEqual(self.calendar._is_full_for(other), is_full, email)

    def test_hours_that_end_before_they_begin_are_refused(self):
        for values in ({"hour_from": 10, "hour_to": 9}, {"hour_from": -1, "hour_to": 9}):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                self.calendar.opening_ids.write(values)
                self.env.flush_all()

    def test_a_calendar_in_use_is_not_deleted(self):
        self.calendar._take(NINE, self.request)
        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"):
            self.calendar.unlink()
