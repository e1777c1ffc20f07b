from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingWaiting(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.full_parent, cls.full = cls.fill()

    def run_job(self):
        self.Booking._cron_waiting()

    def test_who_comes_too_late_waits_and_reads_her_rank(self):
        first = self.book(self.camille, self.lou)
        parent, children = self.family(1)
        second = self.book(parent, children)
        self.assertEqual((first | second).mapped("state"), ["waiting", "waiting"])
        self.assertEqual((first | second)._find_ranks(), {first: 1, second: 2})

    def test_a_place_that_is_given_up_is_kept_for_the_first_one(self):
        with freeze_time("2026-11-25 10:00:00"):
            first = self.book(self.camille, self.lou)
        parent, children = self.family(1)
        with freeze_time("2026-11-25 11:00:00"):
            second = self.book(parent, children)
        with freeze_time("2026-11-26 10:00:00"):
            self.cancel(self.full_parent, self.full[0])
        self.assertEqual((first.state, second.state), ("offered", "waiting"))
        self.assertEqual(str(first.offered_until), "2026-11-28 10:00:00")
        self.assertEqual(first.place, self.full[0].place or 1)
        # Nobody passes before those who wait.
        late_parent, late = self.family(2)
        self.assertEqual(self.book(late_parent, late).state, "waiting")
        with freeze_time("2026-11-27 10:00:00"):
            self.act(self.camille, first, "_accept")
            self.act(self.camille, first, "_accept")
        self.assertEqual((first.state, first.offered_until), ("booked", False))

    def test_a_place_on_a_day_of_the_other_parent_is_not_hers_to_answer(self):
        self.say_weeks(self.sacha, rhythm="odd")
        first = self.book(self.camille, self.lou)
        self.cancel(self.full_parent, self.full[0])
        for name in ("_accept", "_decline"):
            with self.subTest(name), self.assertRaises(UserError):
                self.act(self.sacha, first, name)
        self.assertEqual(first.state, "offered")

    def test_an_offer_left_goes_to_the_next_one(self):
        first = self.book(self.camille, self.lou)
        parent, children = self.family(1)
        second = self.book(parent, children)
        self.cancel(self.full_parent, self.full[0])
        self.act(self.camille, first, "_decline")
        self.assertEqual((first.state, first.cause), ("ended", "declined"))
        self.assertEqual(second.state, "offered")

    def test_an_offer_without_answer_goes_to_the_next_one(self):
        first = self.book(self.camille, self.lou)
        parent, children = self.family(1)
        second = self.book(parent, children)
        self.cancel(self.full_parent, self.full[0])
        with freeze_time("2026-11-26 23:59:59"):
            self.run_job()
            self.assertEqual(first.state, "offered")
        with freeze_time("2026-11-27 00:00:01"):
            with self.assertRaises(UserError):
                self.act(self.camille, first, "_accept")
            self.run_job()
        self.assertEqual((first.state, first.cause), ("ended", "expired"))
        self.assertEqual(second.state, "offered")

    def test_an_offer_ends_with_the_time_to_book(self):
        self._rule(self.canteen, "book")
        first = self.book(self.camille, self.lou)
        with freeze_time("2026-12-02 10:00:00"):
            self.cancel(self.full_parent, self.full[0])
        self.assertEqual(str(first.offered_until), "2026-12-03 11:00:00")

    def test_after_the_limit_nobody_is_offered_anything(self):
        self._rule(self.canteen, "book")
        first = self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 06:00:00"):
            self.act(self.full_parent, self.full[0], "_say_absent")
            self.assertEqual(first.state, "waiting")
            self.run_job()
        self.assertEqual((first.state, first.cause), ("ended", "over"))

    def test_brothers_and_sisters_who_do_not_all_fit_are_asked_first(self):
        self.cancel(self.full_parent, self.full[0])
        wanted = {(self.lou, self.monday): True, (self.noe, self.monday): True}
        outcome = self.change(self.camille, wanted)
        self.assertEqual(outcome.short, {self.monday: 1})
        self.assertFalse(self.Booking.search([("child_id", "in", (self.lou | self.noe).ids)]))
        outcome = self.change(self.camille, wanted, split="book")
        # The eldest first.
        self.assertEqual((outcome.booked.child_id, outcome.waiting.child_id), (self.lou, self.noe))

    def test_or_wait_together_and_the_place_goes_to_others(self):
        self.cancel(self.full_parent, self.full[0])
        wanted = {(self.lou, self.monday): True, (self.noe, self.monday): True}
        waiting = self.change(self.camille, wanted, split="wait").waiting
        self.assertEqual(len(waiting), 2)
        self.assertEqual(set(waiting._find_ranks().values()), {1})
        self.run_job()
        self.assertEqual(waiting.mapped("state"), ["waiting", "waiting"], "Not one without another")
        parent, children = self.family(1)
        other = self.book(parent, children)
        self.assertEqual(other.state, "booked")
        self.cancel(self.full_parent, self.full[1])
        self.assertEqual(waiting.mapped("state"), ["waiting", "waiting"])
        self.cancel(parent, other)
        self.assertEqual(waiting.mapped("state"), ["offered", "offered"])

    def test_who_is_offered_one_place_of_two_may_still_wait_for_both(self):
        wanted = {(self.lou, self.monday): True, (self.noe, self.monday): True}
        waiting = self.change(self.camille, wanted).waiting
        self.cancel(self.full_parent, self.full[0])
        self.assertEqual(sorted(waiting.mapped("state")), ["offered", "waiting"])
        parent, children = self.family(1)
        other = self.book(parent, children)
        self.assertEqual(other.state, "waiting")
        offered = waiting.filtered(lambda each: each.state == "offered")
        self.act(self.camille, offered, "_decline")
        self.assertEqual(waiting.mapped("state"), ["waiting", "waiting"])
        self.assertEqual(other.state, "offered")

    def test_more_places_are_for_those_who_wait(self):
        first = self.book(self.camille, self.lou)
        self.monday.with_user(self.secretary).capacity = 3
        self.assertEqual((first.state, first.place), ("offered", 3))

    def test_fewer_places_take_nothing_back(self):
        self.monday.capacity = 1
        self.assertEqual(self.full.mapped("state"), ["booked", "booked"])
        first = self.book(self.camille, self.lou)
        self.cancel(self.full_parent, self.full[0])
        self.assertEqual(first.state, "waiting")
        self.cancel(self.full_parent, self.full[1])
        self.assertEqual((first.state, first.place), ("offered", 1))

    def test_she_leaves_the_list_whatever_the_hour(self):
        self._rule(self.canteen, "cancel")
        first = self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 06:00:00"):
            self.cancel(self.camille, first)
        self.assertEqual(first.cause, "cancelled")

    def test_what_others_are_told(self):
        told = []
        for name in ("_on_booked", "_on_waiting", "_on_offered", "_on_ended", "_on_absent"):
            self.patch(
                type(self.Booking), name, lambda rows, name=name: told.append((name, rows.ids))
            )
        first = self.book(self.camille, self.lou)
        self.act(self.full_parent, self.full[0], "_say_absent")
        self.act(self.camille, first, "_accept")
        self.cancel(self.camille, first)
        absent = self.full[0].ids
        self.assertEqual(
            told,
            [
                ("_on_waiting", first.ids),
                ("_on_absent", absent),
                ("_on_offered", first.ids),
                ("_on_booked", first.ids),
                ("_on_ended", first.ids),
            ],
        )
