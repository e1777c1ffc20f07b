from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import MONDAY, BookingCase


@tagged("post_install", "-at_install")
class TestBookingMail(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full_parent, cls.full = cls.fill()
        cls.env["mail.mail"].search([]).unlink()

    def mails(self):
        """[(to whom, subject, words)] of what was sent since."""
        mails = self.env["mail.mail"].search([], order="id")
        told = [(mail.email_to, mail.subject, str(mail.body_html)) for mail in mails]
        mails.unlink()
        return told

    def test_a_place_that_is_kept_is_told_to_who_asked(self):
        self.book(self.camille, self.lou)
        self.assertFalse(self.mails())
        self.cancel(self.full_parent, self.full[0])
        [(to, subject, body)] = self.mails()
        self.assertIn(self.camille.email, to)
        self.assertIn("vendredi 27 novembre 2026", subject)
        self.assertIn("lundi 7 décembre 2026", body)
        self.assertIn("Lou", body)
        self.assertIn("/famille/place/", body)
        # Neither the other parent, nor a last name, nor who gave the place up.
        for word in ("Sacha", "Bertin", "Duchêne", "Famille"):
            self.assertNotIn(word, body.replace("/famille/", ""))

    def test_two_children_are_one_mail(self):
        self.change(
            self.camille,
            {(self.lou, self.monday): True, (self.noe, self.monday): True},
            split="wait",
        )
        for booking in self.full:
            booking.sudo()._end("staff")
        self.mails()
        self.Booking._take_turns(self.lou, self.hall_site)
        self.Booking._offer_free(self.monday)
        [(to, _subject, body)] = self.mails()
        self.assertIn(self.camille.email, to)
        self.assertIn("Lou, Noé", body)

    def test_a_closed_day_is_told_to_each_family_and_again_when_it_opens(self):
        closed = self._close("Grève", MONDAY)
        [(to, subject, body)] = self.mails()
        self.assertIn(self.full_parent.email, to)
        self.assertIn("Grève", subject)
        self.assertIn("lundi 7 décembre 2026", body)
        closed.unlink()
        [(to, subject, _body)] = self.mails()
        self.assertIn(self.full_parent.email, to)

    def test_what_she_does_herself_is_not_told(self):
        self.cancel(self.full_parent, *self.full)
        self.assertFalse(self.mails())

    def test_what_ended_without_her_is(self):
        for cause in ("expired", "over", "staff"):
            with self.subTest(cause):
                booking = self.full.filtered(lambda each: each.state == "booked")[:1]
                booking._end(cause)
                [(to, _subject, _body)] = self.mails()
                self.assertIn(self.full_parent.email, to)
                booking._set(state="booked", cause=False, place=2 if booking != self.full[0] else 1)

    def test_who_answers_for_the_child_no_more_is_told_nothing(self):
        booking = self.book(self.sacha, self.lou)
        self.other_authority.kind = "withdrawn"
        booking._end("staff")
        self.assertFalse(self.mails())
