from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BookingCase

OPERATIONS = ("read", "write", "create", "unlink")
ACTS = ("action_end", "action_say_absent", "action_take_back", "action_accept", "action_decline")


@tagged("post_install", "-at_install")
class TestBookingRights(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communication, cls.dpo, cls.childhood_agent = cls._all_staff(
            ("boo_communication", "communication", None),
            ("boo_dpo", "dpo", None),
            ("boo_agent", "agent", cls.childhood),
        )
        cls.visitor = cls.env.ref("base.public_user")
        cls.booking = cls.book(cls.camille, cls.lou)

    def test_who_reads(self):
        for user in (self.secretary, self.manager):
            self.assertReads(user, self.booking)
        for user in (self.childhood_agent, self.other_agent):
            self.assertReadsNot(user, self.booking)
        for user in (
            self.camille,
            self.sacha,
            self.stranger,
            self.communication,
            self.dpo,
            self.visitor,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Booking.with_user(user).search([])

    def test_nobody_writes_by_hand(self):
        for user in (self.secretary, self.manager, self.camille, self.technician):
            for operation in OPERATIONS[1:]:
                with self.subTest(user=user.login, operation=operation):
                    self.assertFalse(self.booking.with_user(user).has_access(operation))

    def test_buttons_of_others(self):
        for user in (
            self.childhood_agent,
            self.other_agent,
            self.camille,
            self.sacha,
            self.stranger,
            self.dpo,
            self.communication,
            self.visitor,
        ):
            for name in ACTS:
                with self.subTest(name, user=user.login), self.assertRaises(AccessError):
                    getattr(self.booking.with_user(user), name)()
        self.assertEqual(self.booking.state, "booked")

    def test_buttons_of_who_leads_the_site(self):
        booking = self.booking.with_user(self.secretary)
        booking.action_say_absent()
        self.assertEqual(booking.state, "absent")
        booking.action_take_back()
        self.assertEqual(booking.state, "booked")
        booking.action_end()
        self.assertEqual((booking.state, booking.cause), ("ended", "staff"))

    def test_staff_who_is_the_parent_presses_no_button(self):
        child = self.env["res.partner"].create(
            {"firstname": "Ana", "lastname": "Essai", "kind": "person", "birthdate": "2018-01-01"}
        )
        own = self.secretary.partner_id
        self.env["parental.authority"]._declare(child, own).state = "verified"
        booking = self.Booking._make(own, {self.monday: (child, [2])}, None, "counter")
        for name in ACTS:
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(booking.with_user(self.secretary), name)()
        self.assertEqual(booking.state, "booked")

    def test_who_leads_the_site_reads_the_child_and_who_asked_not_the_other_parent(self):
        for person in (self.lou, self.camille.partner_id):
            self.assertReads(self.secretary, person)
        for person in (self.sacha.partner_id, self.noe):
            self.assertReadsNot(self.secretary, person)

    def test_the_other_parent_reads_nothing_of_who_asked(self):
        """What both read is what `_list_choices` gives to pages: checked rows, never the model."""
        lou = self.lou.with_user(self.sacha)
        with self.assertRaises(AccessError):
            self.booking.with_user(self.sacha).read(["parent_id"])
        with self.assertRaises(AccessError):
            self.monday.with_user(self.sacha).read(["booking_ids"])
        self.assertEqual(self.monday.with_user(self.sacha).booked_count, 1)
        self.assertFalse(self.camille.partner_id.with_user(self.sacha).has_access("read"))
        self.assertTrue(lou.has_access("read"))

    def test_staff_books_at_her_own_sites_for_whom_she_reads(self):
        parent = self.camille.partner_id
        wanted = {(self.noe, self.monday): True}
        for user in (self.secretary, self.childhood_agent, self.other_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Booking.with_user(user)._change(parent.with_user(user), wanted)
        (self.noe | parent).reader_service_ids += self.hall
        (self.noe | parent).reader_service_ids += self.childhood
        with self.assertRaises(AccessError):
            self.Booking.with_user(self.childhood_agent)._change(
                parent.with_user(self.childhood_agent), wanted
            )
        outcome = self.Booking.with_user(self.secretary)._change(
            parent.with_user(self.secretary), wanted, channel="mail"
        )
        self.assertEqual(outcome.booked.channel, "mail")

    def test_an_account_that_closes_leaves_what_was_booked(self):
        self.assertEqual(self.lou._filter_named(), self.lou)
        self.assertFalse(self.noe._filter_named())
