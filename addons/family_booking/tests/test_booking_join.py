from odoo.tests import tagged

from .common import MONDAY, BookingCase


@tagged("post_install", "-at_install")
class TestBookingJoin(BookingCase):
    """Sacha declared a sheet of her own of Lou."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_authority.state = "ended"
        cls.own = cls._declare_as(cls.sacha, "Lou", "Bertin", "2017-03-02")

    def test_two_bookings_of_one_session_are_one_place(self):
        first = self.book(self.camille, self.lou)
        second = self.book(self.sacha, self.own)
        parent, children = self.family(1)
        waiting = self.book(parent, children)
        self.own._join_child(self.lou)
        self.assertEqual((first.state, second.state), ("booked", "ended"))
        self.assertEqual(second.cause, "joined")
        self.assertEqual((first | second).child_id, self.lou)
        self.assertEqual(waiting.state, "offered")

    def test_what_went_furthest_stays(self):
        parent, full = self.fill()
        waiting = self.book(self.camille, self.lou)
        self.cancel(parent, full[0])
        self.act(self.camille, waiting, "_decline")
        booked = self.book(self.sacha, self.own)
        later = self.book(self.camille, self.lou)
        self.assertEqual((booked.state, later.state), ("booked", "waiting"))
        self.own._join_child(self.lou)
        self.assertEqual((booked.state, later.state), ("booked", "ended"))
        self.assertEqual(booked.child_id, self.lou)
        self.assertEqual(booked.parent_id, self.sacha.partner_id)

    def test_the_better_rank_stays(self):
        self.fill()
        first = self.book(self.sacha, self.own)
        first.asked_on = "2026-11-20 08:00:00"
        second = self.book(self.camille, self.lou)
        second.asked_on = "2026-11-21 08:00:00"
        self.own._join_child(self.lou)
        kept = (first | second).filtered(lambda each: each.state == "waiting")
        self.assertEqual(len(kept), 1)
        self.assertEqual(str(kept.asked_on), "2026-11-20 08:00:00")

    def test_two_sites_at_one_hour(self):
        site = self._site(self.canteen, "Cantine du Haut", self.hall, capacity=9)
        slot = self._slot(site, "0", "Midi", 12.5, 14)
        self.season.site_ids += site
        self.season._make_sessions()
        first = self.book(self.camille, self.lou)
        second = self.book(self.sacha, self.own, session=self._find(slot, MONDAY))
        second.asked_on = "2026-11-20 08:00:00"
        self.own._join_child(self.lou)
        self.assertEqual((first.state, second.state), ("ended", "booked"))
        self.assertEqual(first.cause, "joined")

    def test_what_ended_follows_too(self):
        booking = self.book(self.sacha, self.own)
        self.cancel(self.sacha, booking)
        self.own._join_child(self.lou)
        self.assertEqual(booking.child_id, self.lou)
        self.assertIn(self.hall, self.lou.reader_service_ids)
