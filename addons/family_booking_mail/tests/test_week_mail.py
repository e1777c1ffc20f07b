from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.family_booking.tests.common import BookingCase

SUNDAY = "2026-12-06 16:00:00"


@tagged("post_install", "-at_install")
class TestWeekMail(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.book(cls.camille, cls.lou, cls.noe)

    def want(self, user, wants=True):
        user.partner_id.with_user(user)._set_week_mail(wants)

    def sunday(self, moment=SUNDAY):
        self.env["mail.mail"].search([]).unlink()
        with freeze_time(moment):
            self.env["res.partner"]._cron_week_mail()
        return self.env["mail.mail"].search([])

    def test_who_asked_for_it_reads_the_week_once(self):
        self.assertFalse(self.sunday())
        self.want(self.camille)
        mail = self.sunday()
        self.assertIn(self.camille.email, mail.email_to)
        body = str(mail.body_html)
        self.assertIn("lundi 7 décembre 2026", body)
        self.assertIn("Noé", body)
        self.assertIn("Lou", body)
        self.assertEqual(body.count("/famille/absence/"), 2)
        self.assertFalse(self.sunday())
        self.want(self.camille, False)
        self.assertFalse(self.sunday("2026-12-13 16:00:00"))

    def test_on_sundays_only_and_not_for_an_empty_week(self):
        self.want(self.camille)
        self.assertFalse(self.sunday("2026-12-05 16:00:00"))
        self.assertFalse(self.sunday("2026-12-13 16:00:00"))

    def test_days_that_are_the_other_parent_s_are_not_told(self):
        self.want(self.sacha)
        self.want(self.camille)
        self.say_weeks(self.sacha, rhythm="odd")
        mail = self.sunday()
        self.assertIn(self.camille.email, mail.email_to)
        self.say_weeks(self.sacha, rhythm="even")
        self.sacha.partner_id.week_mail_monday = False
        mail = self.sunday()
        self.assertIn(self.sacha.email, mail.email_to)
        self.assertNotIn("Noé", str(mail.body_html))

    def test_nobody_asks_for_somebody_else(self):
        for user in (self.stranger, self.sacha, self.other_agent):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.camille.partner_id.with_user(user)._set_week_mail(True)
