from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import NINE, SIX, RoomCase, room_vals

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestRoomBooking(RoomCase):
    def _row(self, start, stop, **vals):
        vals = {"room_id": self.room.id, "start": start, "stop": stop, "state": "internal", **vals}
        booking = self.bookings.create(vals)
        booking.flush_recordset()
        return booking

    def test_database_refuses_an_overlap_whatever_the_code_says(self):
        self._row(NINE, SIX)
        # Set-up and cleaning of both: two hours between them.
        for start in (NINE + HOUR, SIX, SIX + 2 * HOUR - timedelta(minutes=1)):
            with (
                self.subTest(start=start),
                mute_logger("odoo.sql_db"),
                self.assertRaises(ExclusionViolation),
                self.env.cr.savepoint(),
            ):
                self._row(start, start + HOUR)
        self._row(SIX + 2 * HOUR, SIX + 3 * HOUR)
        other = self.env["room.room"].create(room_vals(self.town_hall, self.commune, name="École"))
        self._row(NINE, SIX, room_id=other.id)

    def test_cancelled_and_waiting_take_nothing(self):
        request = self._ask()
        self._row(NINE, SIX, state="cancelled")
        booking = request.room_booking_ids.filtered(lambda each: each.state == "option")
        booking.state = "waiting"
        booking.flush_recordset()
        self._row(NINE, SIX)

    def test_what_has_begun_stays_when_it_is_freed(self):
        begun, to_come = self._row(NINE, SIX), self._row(NINE + 48 * HOUR, SIX + 48 * HOUR)
        with freeze_time("2026-12-12 09:00:00"):
            (begun + to_come)._release()
        self.assertEqual((begun.state, to_come.state), ("internal", "cancelled"))

    def test_set_up_of_the_day_it_was_booked_stays(self):
        booking = self._row(NINE, SIX)
        self.room.setup_after = 600
        self.assertEqual(booking.busy_until, SIX + HOUR)

    def test_refused_by_the_database_the_booking_is_told_not_raised(self):
        """As if two passed the check at once."""
        self._row(NINE, SIX)
        self.patch(type(self.room), "_find_conflicts", lambda *args: set())
        with mute_logger("odoo.sql_db"):
            self.assertFalse(self.room._book(NINE, SIX, state="internal"))
        self.assertEqual(len(self.room.booking_ids), 1)

    def test_hold_is_kept_moved_and_gives_its_place_once_over(self):
        Booking = self.bookings
        held = Booking._hold(self.room, NINE, SIX, "form")
        self.assertFalse(Booking._hold(self.room, NINE, SIX, "other form"))
        later = SIX + 24 * HOUR
        self.assertEqual(Booking._hold(self.room, SIX, later, "form"), held)
        with freeze_time("2026-11-25 00:14:59"):
            self.assertFalse(Booking._hold(self.room, NINE, later, "other form"))
        with freeze_time("2026-11-25 00:15:01"):
            self.assertTrue(Booking._hold(self.room, NINE, later, "other form"))
        self.assertFalse(held.exists())

    def test_hold_is_renewed_for_an_hour_then_others_have_their_turn(self):
        Booking = self.bookings
        with freeze_time("2026-11-25 00:00:00") as clock:
            for _each in range(7):
                held = Booking._hold(self.room, NINE, SIX, "form")
                clock.tick(timedelta(minutes=10))
            self.assertFalse(held._is_held(), "over after an hour")
            self.assertFalse(Booking._hold(self.room, NINE, SIX, "form")._is_held())
            clock.tick(timedelta(minutes=10))
            self.assertTrue(Booking._hold(self.room, NINE, SIX, "form")._is_held(), "nobody came")
            clock.tick(timedelta(minutes=70))
            self.assertTrue(Booking._hold(self.room, NINE, SIX, "other form"))
            self.assertFalse(Booking._hold(self.room, NINE, SIX, "form"))

    @users("secretaire.valmont")
    def test_town_hall_keeps_a_room_for_itself_and_frees_it(self):
        Booking = self.bookings.with_env(self.env)
        vals = {"room_id": self.room.id, "start": NINE, "stop": SIX}
        own = Booking.create({**vals, "title": "Conseil municipal"})
        self.assertEqual(own.state, "internal")
        with self.assertRaisesRegex(ValidationError, "taken then"):
            Booking.create({**vals, "title": "Loto"})
        own.action_cancel_own()
        second = Booking.create({**vals, "title": "Loto"})
        second.write({"stop": SIX + HOUR})
        self.assertEqual(second.busy_until, SIX + 2 * HOUR)
        second.unlink()

    @users("secretaire.valmont")
    def test_an_own_use_that_has_begun_ends_when_the_room_is_freed(self):
        """Works planned for three days are over after one."""
        vals = {"room_id": self.room.id, "start": NINE, "stop": SIX + 48 * HOUR, "title": "Travaux"}
        works = self.bookings.with_env(self.env).create(vals)
        with freeze_time("2026-12-13 08:00:00") as clock:
            works.action_cancel_own()
            freed_at = clock()
        self.assertEqual((works.state, works.stop), ("internal", freed_at))
        self.assertTrue(self.room.sudo()._book(NINE + 48 * HOUR, SIX + 48 * HOUR, state="internal"))

    def test_own_use_moved_or_deleted_who_waits_has_the_room(self):
        for act in ("write", "unlink"):
            with self.subTest(act):
                self.room.booking_ids.unlink()
                booking = self._ask().room_booking_ids
                booking.state = "waiting"
                booking.flush_recordset()
                Own = self.bookings.with_user(self.secretary)
                vals = {"room_id": self.room.id, "start": NINE, "stop": SIX}
                own = Own.create({**vals, "title": "Loto"})
                later = {"start": NINE + 48 * HOUR, "stop": SIX + 48 * HOUR}
                getattr(own, act)(*([later] if act == "write" else []))
                self.assertEqual(booking.state, "option")

    @users("secretaire.valmont")
    def test_nobody_writes_a_booking_of_a_request(self):
        booking = self._ask().room_booking_ids.with_env(self.env)
        for vals in ({"state": "signed"}, {"start": NINE + HOUR}, {"title": "x"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                booking.write(vals)
        with self.assertRaises(AccessError):
            booking.unlink()
        with self.assertRaises(AccessError):
            self.bookings.with_env(self.env).create(
                {"room_id": self.room.id, "start": SIX, "stop": SIX + HOUR, "state": "option"}
            )

    def test_two_rooms_of_one_town_hall_have_two_prices(self):
        other = self.env["room.room"].create(
            room_vals(self.town_hall, self.commune, name="École", procedure_id=self.procedure.id)
        )
        draft = self.procedure.action_new_version()
        draft.tariff_ids = [
            Command.create(
                {"basis": "choice", "key": "room", "value": str(room.id), "cents": cents}
            )
            for room, cents in ((self.room, 11000), (other, 4000))
        ]
        self.procedure.action_publish()
        prices = [self._ask(room=room).sudo().price_cents for room in (self.room, other)]
        self.assertEqual(prices, [11000, 4000])
        lines = self.env["procedure.request"].search([], order="id desc", limit=1).sudo()
        self.assertEqual(lines.price_line_ids.label, "École")

    def test_price_of_a_room_names_it_by_its_number(self):
        self.procedure.action_new_version().tariff_ids = [
            Command.create({"basis": "choice", "key": "room", "value": "École", "cents": 100})
        ]
        with self.assertRaisesRegex(ValidationError, "its choice is no longer there"):
            self.procedure.action_publish()
