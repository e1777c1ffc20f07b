from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MONDAY, BookingCase


@tagged("post_install", "-at_install")
class TestBookingStaff(BookingCase):
    """A family calls the town hall, which leads the canteen and reads its file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_file_to(cls, cls.hall)

    def entry(self, first=MONDAY, last=MONDAY, channel="phone"):
        form = Form(self.env["family.booking.entry"].with_user(self.secretary))
        form.child_id = self.lou.with_user(self.secretary)
        form.site_id = self.hall_site.with_user(self.secretary)
        form.slot_ids.add(self.noon.with_user(self.secretary))
        form.date_start, form.date_end = first, last
        form.channel = channel
        return form.save()

    def test_she_books_the_mondays_of_a_month(self):
        entry = self.entry(date(2026, 12, 1), date(2027, 1, 8))
        self.assertEqual(entry.parent_id, self.camille.partner_id)
        action = entry.action_apply()
        bookings = self.Booking.search(action["domain"])
        # The holidays from 19 December to 3 January have no Monday.
        self.assertEqual(
            sorted(bookings.mapped("date")), [MONDAY, date(2026, 12, 14), date(2027, 1, 4)]
        )
        self.assertEqual(set(bookings.mapped("channel")), {"phone"})
        self.assertEqual(set(bookings.mapped("parent_id")), {self.camille.partner_id})
        with self.assertRaises(UserError):
            self.entry().action_apply()

    def test_after_the_limit_too_and_never_beyond_the_places(self):
        self._rule(self.canteen, "book")
        self.fill()
        with freeze_time("2026-12-07 06:00:00"):
            entry = self.entry()
            self.assertIn("1", entry.report)
            action = entry.action_apply()
        self.assertEqual(self.Booking.search(action["domain"]).state, "waiting")
        with freeze_time("2026-12-08 06:00:00"), self.assertRaises(UserError):
            self.entry().action_apply()

    def test_who_leads_another_site_opens_no_window_for_this_child(self):
        values = {
            "child_id": self.noe.id,
            "parent_id": self.camille.partner_id.id,
            "site_id": self.hall_site.id,
            "slot_ids": [Command.set(self.noon.ids)],
            "date_start": MONDAY,
            "date_end": MONDAY,
        }
        for user in (self.agent, self.other_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["family.booking.entry"].with_user(user).create(values).action_apply()
        for user in (self.camille, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["family.booking.entry"].with_user(user).create(values)
        self.assertFalse(self.Booking.search([("child_id", "=", self.noe.id)]))

    def test_dates_the_wrong_way_round(self):
        with self.assertRaises(UserError):
            self.entry(MONDAY, date(2026, 12, 1)).action_apply()

    def test_a_day_that_is_over_stays_as_it_was(self):
        booking = self.book(self.camille, self.lou)
        with freeze_time("2026-12-08 06:00:00"), self.assertRaises(UserError):
            booking.with_user(self.secretary).action_end()

    def test_she_answers_an_offer_for_who_called(self):
        parent, full = self.fill()
        first = self.book(self.camille, self.lou)
        second = self.book(self.camille, self.noe)
        full[0].with_user(self.secretary).action_end()
        self.assertEqual(first.state, "offered")
        first.with_user(self.secretary).action_accept()
        self.assertEqual(first.state, "booked")
        full[1].with_user(self.secretary).action_say_absent()
        self.assertEqual(second.state, "offered")
        second.with_user(self.secretary).action_decline()
        self.assertEqual(second.cause, "declined")
        self.assertFalse(parent.partner_id == self.camille.partner_id)
