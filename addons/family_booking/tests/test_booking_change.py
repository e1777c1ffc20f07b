from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MONDAY, BookingCase


@tagged("post_install", "-at_install")
class TestBookingChange(BookingCase):
    def problem(self, user, wanted, **values):
        """The first sentence; nothing may have been written."""
        before = self.Booking.search([])
        outcome = self.change(user, wanted, **values)
        self.assertTrue(outcome.problems, outcome)
        self.assertEqual(self.Booking.search([]), before)
        return next(iter(outcome.problems.values()))

    def test_a_parent_books_both_her_children(self):
        bookings = self.book(self.camille, self.lou, self.noe)
        self.assertEqual(bookings.mapped("state"), ["booked", "booked"])
        self.assertEqual(sorted(bookings.mapped("place")), [1, 2])
        self.assertEqual(bookings.child_id, self.lou | self.noe)
        self.assertEqual(bookings.parent_id, self.camille.partner_id)
        self.assertEqual(bookings.mapped("date"), [MONDAY] * 2)
        self.assertEqual(bookings.site_id, self.hall_site)
        self.assertEqual((self.monday.booked_count, self.monday.waiting_count), (2, 0))

    def test_what_both_parents_book_is_one_place(self):
        first = self.book(self.camille, self.lou)
        outcome = self.change(self.sacha, {(self.lou, self.monday): True})
        self.assertTrue(outcome.is_done)
        self.assertFalse(outcome.booked | outcome.waiting)
        self.assertEqual(self.Booking.search([("child_id", "=", self.lou.id)]), first)
        self.assertEqual(first.parent_id, self.camille.partner_id)

    def test_she_cancels_and_the_place_is_free(self):
        booking = self.book(self.camille, self.lou)
        outcome = self.cancel(self.camille, booking)
        self.assertEqual(outcome.ended, booking)
        self.assertEqual((booking.state, booking.cause, booking.place), ("ended", "cancelled", 0))
        again = self.book(self.camille, self.lou)
        self.assertEqual((again.state, again.place), ("booked", 1))
        self.assertNotEqual(again, booking)

    def test_until_the_limit_and_not_after(self):
        """Two working days before, at noon: Thursday 3 December for Monday 7."""
        self._rule(self.canteen, "book")
        self._rule(self.canteen, "cancel")
        with freeze_time("2026-12-03 11:00:00"):
            booking = self.book(self.camille, self.lou)
        with freeze_time("2026-12-03 11:00:01"):
            told = self.problem(self.camille, {(self.lou, self.monday): False})
            self.assertIn("jusqu’au jeudi 3 décembre 2026 à 12", told)
            self.problem(self.camille, {(self.noe, self.monday): True})
        self.assertEqual(booking.state, "booked")

    def test_one_wrong_day_and_nothing_is_done(self):
        other = self._find(self.noon, date(2026, 12, 14))
        other.write({"decision": "closed", "decision_note": "Grève"})
        told = self.problem(self.camille, {(self.lou, self.monday): True, (self.lou, other): True})
        self.assertIn("Grève", told)

    def test_her_own_weeks(self):
        """Week 50 is even."""
        self.say_weeks(self.camille, rhythm="odd")
        self.say_weeks(self.sacha, rhythm="even")
        self.problem(self.camille, {(self.lou, self.monday): True})
        booking = self.book(self.sacha, self.lou)
        self.problem(self.camille, {(self.lou, self.monday): False})
        with self.assertRaises(UserError):
            self.act(self.camille, booking, "_say_absent")
        self.assertEqual(booking.state, "booked")
        # Noé lives with Camille.
        self.assertEqual(self.book(self.camille, self.noe).state, "booked")

    def test_the_age_of_the_slot(self):
        self.noon.write({"age_from": 3, "age_to": 7})
        self.problem(self.camille, {(self.lou, self.monday): True})
        self.assertEqual(self.book(self.camille, self.noe).state, "booked")

    def test_the_school_of_the_child(self):
        other = self._service("École d’ailleurs", "act_elsewhere", "school")
        self.hall_site.school_ids = self.school
        self.assertEqual(self.book(self.camille, self.noe).state, "booked")
        year = self.env["school.year"].create(
            {"name": "Année", "date_start": "2026-09-01", "date_end": "2027-07-03"}
        )
        self.env["school.pupil"].create(
            {
                "child_id": self.lou.id,
                "year_id": year.id,
                "school_id": other.id,
                "level_id": self.env.ref("family_school.level_cm1").id,
                "date_registered": "2026-06-01",
            }
        )
        self.problem(self.camille, {(self.lou, self.monday): True})

    def test_before_it_opens(self):
        self.season.opens_all = "2026-12-01 07:00:00"
        told = self.problem(self.camille, {(self.lou, self.monday): True})
        self.assertIn("01/12/2026", told)
        self.assertIn("08:00", told)
        self.season.opens_all = False
        self.problem(self.camille, {(self.lou, self.monday): True})

    def test_residents_and_families_already_there_come_first(self):
        self.season.write(
            {"opens_all": "2026-12-01 07:00:00", "opens_resident": "2026-11-20 07:00:00"}
        )
        self.assertEqual(self.book(self.camille, self.noe).state, "booked")
        parent, children = self.family(1)
        self.problem(parent, {(children, self.monday): True})
        self.season.opens_known = "2026-11-20 07:00:00"
        self.problem(parent, {(children, self.monday): True})
        before = self._season("Avant", self.hall_site, "2025-11-01", "2025-11-30")
        session = self.Session.create(
            {
                "slot_id": self.noon.id,
                "season_id": before.id,
                "date": "2025-11-03",
                "hour_from": 12,
                "hour_to": 13,
                "capacity": 3,
            }
        )
        self.Booking._make(parent.partner_id, {session: (children, [1])}, None, "counter")
        self.assertEqual(self.book(parent, children).state, "booked")

    def test_a_child_is_not_at_two_places_at_one_hour(self):
        site = self._site(self.canteen, "Cantine du Haut", self.hall, capacity=9)
        slot = self._slot(site, "0", "Midi", 12.5, 14)
        self.season.site_ids += site
        self.season._make_sessions()
        session = self._find(slot, MONDAY)
        told = self.problem(
            self.camille, {(self.lou, self.monday): True, (self.lou, session): True}
        )
        self.assertIn("Lou", told)
        booking = self.book(self.camille, self.lou)
        self.problem(self.camille, {(self.lou, session): True})
        # One for the other, in one go.
        outcome = self.change(
            self.camille, {(self.lou, self.monday): False, (self.lou, session): True}
        )
        self.assertEqual(outcome.ended, booking)
        self.assertEqual(outcome.booked.session_id, session)

    def test_the_least_number_of_days_of_a_week(self):
        """The week of 19 October is one of holidays."""
        holidays = self._season(
            "Toussaint 2027",
            self.holiday_site,
            "2027-07-05",
            "2027-07-30",
            kind="holiday",
            opens_all="2026-06-01 06:00:00",
        )
        holidays._make_sessions()
        self.holiday_site.days_min = 3
        days = [self._find(self.whole_day, date(2027, 7, day)) for day in (5, 6, 7, 8)]
        told = self.problem(self.camille, {(self.lou, day): True for day in days[:2]})
        self.assertIn("3", told)
        outcome = self.change(self.camille, {(self.lou, day): True for day in days})
        self.assertEqual(len(outcome.booked), 4)
        self.problem(self.camille, {(self.lou, day): False for day in days[:2]})
        self.cancel(self.camille, outcome.booked[0])
        self.cancel(self.camille, *outcome.booked[1:])

    def test_an_absence_said_and_undone(self):
        self._rule(self.canteen, "cancel")
        self._rule(self.canteen, "absence", kind="days", count=0, hour=8.5)
        booking = self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 07:12:00"):
            self.problem(self.camille, {(self.lou, self.monday): False})
            self.act(self.camille, booking, "_say_absent")
            self.assertEqual((booking.state, booking.place), ("absent", 0))
            self.assertEqual(str(booking.changed_on), "2026-12-07 07:12:00")
            self.act(self.camille, booking, "_say_absent")
            self.act(self.camille, booking, "_take_back")
            self.assertEqual((booking.state, booking.place), ("booked", 1))
        with freeze_time("2026-12-07 07:30:01"), self.assertRaises(UserError):
            self.act(self.camille, booking, "_say_absent")

    def test_an_absence_whose_place_was_given(self):
        booking = self.book(self.camille, self.lou)
        self.act(self.camille, booking, "_say_absent")
        self.fill()
        with self.assertRaisesKeeping(UserError, "Lou"):
            self.act(self.camille, booking, "_take_back")
        self.assertEqual(booking.state, "absent")

    def test_who_comes_after_all_is_served_before_a_brother_who_is_added(self):
        self.monday.capacity = 1
        booking = self.book(self.camille, self.lou)
        self.act(self.camille, booking, "_say_absent")
        wanted = {(self.lou, self.monday): True, (self.noe, self.monday): True}
        outcome = self.change(self.camille, wanted)
        self.assertEqual((booking.state, booking.place), ("booked", 1))
        self.assertEqual(outcome.waiting.child_id, self.noe)

    def test_a_day_that_is_closed_then_given_back(self):
        first = self.book(self.camille, self.lou, self.noe)
        parent, children = self.family(3)
        waiting = self.book(parent, children)
        closed = self._close("Grève", MONDAY)
        everything = first | waiting
        self.assertEqual(set(everything.mapped("cause")), {"closed"})
        self.assertEqual(set(everything.mapped("place")), {0})
        closed.unlink()
        self.assertEqual(first.mapped("state"), ["booked", "booked"])
        self.assertEqual(waiting.state, "waiting")
        self.assertFalse(any(everything.mapped("cause")))

    def test_a_slot_that_goes_on_at_another_site_takes_its_bookings_along(self):
        booking = self.book(self.camille, self.lou)
        other = self._site(self.canteen, "Cantine du Haut", self.childhood, capacity=9)
        self.season.site_ids += other
        self.noon.site_id = other
        self.assertEqual((booking.site_id, booking.service_id), (other, self.childhood))
        self.assertEqual(booking.state, "booked")

    def test_a_site_suspended_in_the_middle_of_the_year(self):
        later = self._find(self.noon, date(2027, 1, 11))
        booking = self.book(self.camille, self.lou)
        after = self.book(self.camille, self.lou, session=later)
        self.env["family.site.suspension"].create(
            {"site_id": self.hall_site.id, "date_start": "2027-01-01", "reason": "Travaux"}
        )
        self.assertEqual((booking.state, after.state), ("booked", "ended"))
        self.assertEqual(after.cause, "closed")

    def test_what_is_proposed_for_a_week(self):
        self._rule(self.canteen, "book")
        self.book(self.camille, self.lou)
        parent = self.camille.partner_id.with_user(self.camille)
        children = (self.lou | self.noe).with_user(self.camille)
        Booking = self.Booking.with_user(self.camille)
        choices = Booking._list_choices(parent, children, MONDAY, date(2026, 12, 11))
        told = [
            (each.child.firstname, each.session.slot_id.name, each.state, each.can_book)
            for each in choices
        ]
        self.assertEqual(
            told,
            [
                ("Lou", "Midi", "booked", False),
                ("Noé", "Midi", "", True),
                ("Lou", "Soir", "", True),
                ("Noé", "Soir", "", True),
            ],
        )
        self.assertEqual(choices[0].free, 1)
        self.assertTrue(choices[0].can_end)
        self.assertEqual(f"{choices[1].book_limit:%d/%m %H:%M}", "03/12 12:00")

    def test_a_month_in_few_queries(self):
        parent = self.camille.partner_id.with_user(self.camille)
        children = (self.lou | self.noe).with_user(self.camille)
        Booking = self.Booking.with_user(self.camille)
        Booking._list_choices(parent, children, MONDAY, MONDAY)
        counts = []
        for last in (date(2026, 12, 11), date(2027, 3, 31)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            choices = Booking._list_choices(parent, children, MONDAY, last)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertGreater(len(choices), 40)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 19)

    def test_a_stranger_books_nothing(self):
        with self.assertRaises(AccessError):
            self.book(self.stranger, self.lou)
        with self.assertRaises(AccessError):
            self.book(self.sacha, self.noe)
        booking = self.book(self.camille, self.noe)
        for name in ("_say_absent", "_take_back", "_accept", "_decline"):
            for user in (self.stranger, self.sacha):
                with self.subTest(name, user=user.login), self.assertRaises(AccessError):
                    self.act(user, booking, name)

    def test_an_authority_that_is_withdrawn_books_no_more(self):
        self.other_authority.write({"kind": "withdrawn"})
        with self.assertRaises(AccessError):
            self.book(self.sacha, self.lou)
