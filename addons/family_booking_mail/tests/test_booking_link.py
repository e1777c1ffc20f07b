from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingLink(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Link = cls.env["family.booking.link"].with_user(cls.env.ref("base.public_user"))

    def token(self, kind, booking, user=None):
        return self.Link._sign(kind, booking, (user or self.camille).partner_id)

    def test_it_says_an_absence_and_undoes_it(self):
        booking = self.book(self.camille, self.lou)
        token = self.token("absence", booking)
        self.assertEqual(self.Link._open("absence", token)[1], booking)
        self.assertEqual(booking.state, "booked")
        self.Link._act("absence", token, "absent")
        self.assertEqual(booking.state, "absent")
        self.Link._act("absence", token, "come")
        self.assertEqual(booking.state, "booked")

    def test_with_the_rules_of_families(self):
        self._rule(self.canteen, "absence", kind="days", count=0, hour=8.5)
        booking = self.book(self.camille, self.lou)
        with freeze_time("2026-12-07 07:30:01"):
            token = self.token("absence", booking)
            with self.assertRaises(UserError):
                self.Link._act("absence", token, "absent")
        self.say_weeks(self.sacha, rhythm="odd")
        token = self.token("absence", booking, self.sacha)
        with self.assertRaises(UserError):
            self.Link._act("absence", token, "absent")
        self.assertEqual(booking.state, "booked")

    def test_it_takes_or_leaves_a_place(self):
        parent, full = self.fill()
        first, second = self.book(self.camille, self.lou), self.book(self.camille, self.noe)
        self.cancel(parent, *full)
        token = self.token("place", first)
        self.Link._act("place", token, "take")
        self.Link._act("place", self.token("place", second), "leave")
        self.assertEqual((first.state, second.cause), ("booked", "declined"))

    def test_who_has_no_account_answers_too(self):
        parent, full = self.fill()
        booking = self.book(self.camille, self.lou)
        self.cancel(parent, full[0])
        token = self.token("place", booking)
        self.camille.active = False
        self.Link._act("place", token, "take")
        self.assertEqual(booking.state, "booked")

    def test_a_link_opens_one_thing_for_one_parent_and_not_for_ever(self):
        booking = self.book(self.camille, self.lou)
        token = self.token("absence", booking)
        self.assertFalse(self.Link._open("place", token)[1])
        self.assertFalse(self.Link._open("absence", token[:-2])[1])
        self.assertFalse(self.Link._open("absence", "")[1])
        self.assertFalse(self.Link._open("absence", "é" * 40)[1])
        for kind, verb in (("absence", "take"), ("absence", "unlink"), ("place", "absent")):
            with self.subTest(verb), self.assertRaises(AccessError):
                self.Link._act(kind, token, verb)
        stranger = self.token("absence", booking, self.stranger)
        self.assertFalse(self.Link._open("absence", stranger)[1])
        with freeze_time(date(2026, 12, 4)):
            self.assertFalse(self.Link._open("absence", token)[1])
        self.authority.kind = "withdrawn"
        self.assertFalse(self.Link._open("absence", token)[1])
        self.assertEqual(booking.state, "booked")

    def test_saying_for_whom_one_acts_opens_nothing(self):
        """Anybody writes the context of a remote call."""
        booking = self.book(self.camille, self.lou)
        for user in (self.stranger, self.other_agent, self.agent):
            mine = booking.with_user(user).with_context(as_parent=self.camille.partner_id.id)
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine._say_absent(self.camille.partner_id.with_user(user))
