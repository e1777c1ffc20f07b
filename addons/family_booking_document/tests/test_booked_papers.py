from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import BookingCase


@tagged("post_install", "-at_install")
class TestBookedPapers(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Kind = cls.env["family.document.kind"]
        Kind.search([]).active = False
        cls.kind = Kind.create(
            {
                "name": "Brevet de natation",
                "code": "test_booked",
                "need": "activities",
                "activity_ids": cls.hall_site.activity_id.ids,
                "service_id": cls.other_service.id,
            }
        )

    def lacks(self, user=None):
        """Of whom it is missing."""
        found = self.env["family.document"]._find_lacks(
            self.lou | self.noe, user and user.partner_id
        )
        return self.lou.browse().union(*found)

    def test_asked_of_those_who_are_booked_by_either_parent(self):
        self.assertFalse(self.lacks())
        booking = self.book(self.sacha, self.lou)
        for user in (None, self.camille, self.sacha):
            self.assertEqual(self.lacks(user), self.lou)
        self.cancel(self.sacha, booking)
        self.assertFalse(self.lacks())

    def test_nothing_is_asked_while_one_waits_nor_once_it_is_over(self):
        _other, taken = self.fill()
        booking = self.book(self.camille, self.lou)
        self.assertEqual(booking.state, "waiting")
        self.assertFalse(self.lacks())
        self.assertEqual(
            self.env["family.document"]._find_lacks(taken.child_id).keys(), set(taken.child_id)
        )
        with freeze_time("2026-12-08 12:00:00"):
            self.assertFalse(self.env["family.document"]._find_lacks(taken.child_id))
