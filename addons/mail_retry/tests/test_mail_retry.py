from datetime import timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common import PERMANENT, TEMPORARY, FakeMailServer

QUIET = ("odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server", "mail.log")
# Without the one that takes real time.
QUICK = ("", "to_550", *(mood for mood in TEMPORARY if mood != "silent"))
NOON = "2026-03-02 12:00:00"


@tagged("post_install", "-at_install")
class TestMailRetry(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.mail"].search([]).unlink()
        cls.admin = new_test_user(cls.env, "retry_admin", "base.group_system")

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self.clock = self.enterContext(freeze_time(NOON))
        self.enterContext(mute_logger(*QUIET))

    def _mail(self, to="jeanne@exemple.fr", **values):
        return self.env["mail.mail"].create(
            {
                "subject": "Votre demande",
                "body_html": "<p>Bonjour</p>",
                "email_from": "service@exemple.fr",
                "email_to": to,
                "auto_delete": True,
                **values,
            }
        )

    def _wait(self, minutes):
        self.clock.tick(timedelta(minutes=minutes))
        self.server.run_queue()

    def _warnings(self, user=None):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.env.ref("mail_retry.mail_activity_unsent").id),
                ("user_id", "=", (user or self.admin).id),
            ]
        )

    def _get_triggers(self):
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        return self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).mapped("call_at")

    def test_a_server_that_answers_takes_the_mail_once(self):
        self._mail()
        self.server.run_queue()
        self.server.run_queue()
        self.assertEqual(len(self.server.received("jeanne@exemple.fr")), 1)
        self.assertFalse(self._warnings())

    def test_each_temporary_failure_is_tried_again_and_leaves_once(self):
        for mood in TEMPORARY:
            with self.subTest(mood=mood):
                mail = self._mail(f"{mood}@exemple.fr")
                self.server.be(mood)
                self.server.run_queue()
                self.assertEqual((mail.state, mail.retry_count), ("outgoing", 1))
                self.assertEqual(mail.scheduled_date, fields.Datetime.now() + timedelta(minutes=1))
                self.assertIn(mail.scheduled_date, self._get_triggers())
                self.server.be()
                self.server.run_queue()
                self.assertFalse(self.server.received(f"{mood}@exemple.fr"))
                self._wait(1)
                self.assertEqual(len(self.server.received(f"{mood}@exemple.fr")), 1)
                self.assertFalse(mail.exists())
                self.assertFalse(self._warnings())

    def test_each_permanent_failure_is_told_and_not_tried_again(self):
        for mood in PERMANENT:
            with self.subTest(mood=mood):
                mail = self._mail(f"{mood}@exemple.fr")
                self.server.be(mood)
                self.server.run_queue()
                self.assertEqual((mail.state, mail.is_warned), ("exception", True))
                self.assertEqual(len(self._warnings()), 1)
                asked = self.server.handler.asked
                self._wait(90)
                self.assertEqual(self.server.handler.asked, asked)
                self._warnings().unlink()

    def test_an_address_that_is_none_is_told_before_core_deletes_the_mail(self):
        mail = self._mail("personne")
        self.server.run_queue()
        self.assertFalse(mail.exists())
        self.assertTrue(self._warnings())

    def test_delays_then_a_warning_then_every_hour_then_the_end(self):
        mail = self._mail()
        self.server.be("away")
        self.server.run_queue()
        for minutes in (1, 5, 15, 60):
            self.assertFalse(self._warnings())
            self._wait(minutes - 0.5)
            tries = mail.retry_count
            self._wait(0.5)
            self.assertEqual(mail.retry_count, tries + 1)
        self.assertEqual((len(self._warnings()), mail.state), (1, "outgoing"))
        for _hour in range(72):
            self._wait(60)
        self.assertEqual((mail.state, len(self._warnings())), ("exception", 1))

    def test_the_server_that_is_back_takes_at_once_what_waited_and_the_warning_goes(self):
        mails = self._mail("un@exemple.fr") + self._mail("deux@exemple.fr")
        self.server.be("away")
        self.server.run_queue()
        for minutes in (1, 5, 15, 60):
            self._wait(minutes)
        self.assertTrue(self._warnings())
        self.assertTrue(self.env["mail.mail"]._is_server_away())
        self.server.be()
        self._mail("trois@exemple.fr")
        self._wait(1)
        self.server.run_queue()
        self.assertEqual(len(self.server.mails), 3)
        self.assertFalse(mails.exists())
        self.assertFalse(self._warnings())
        self.assertFalse(self.env["mail.mail"]._is_server_away())

    def test_one_refused_recipient_keeps_nobody_else_from_the_mail(self):
        names = ("un", "deux", "trois", "quatre")
        partners = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@exemple.fr"} for name in names]
        )
        self.server.refuse("deux@exemple.fr", "550 5.1.1 unknown")
        self.server.refuse("quatre@exemple.fr", "450 4.2.0 later")
        self._mail("zero@exemple.fr", recipient_ids=[Command.set(partners.ids)])
        self.server.run_queue()
        self.server.run_queue()
        served = sorted(address for address, _message in self.server.mails)
        self.assertEqual(served, ["trois@exemple.fr", "un@exemple.fr", "zero@exemple.fr"])
        self.server.handler.refused.clear()
        self._wait(1)
        self.assertEqual(len(self.server.received("quatre@exemple.fr")), 1)
        self.assertEqual(len(self.server.mails), 4)
        left = self.env["mail.mail"].search([])
        self.assertEqual((left.state, left.recipient_ids.name), ("exception", "deux"))
        self.assertEqual(len(self._warnings()), 1)

    def test_a_comment_that_is_refused_to_one_follower_reaches_the_others(self):
        """The notifications follow: sent, or in red."""
        record, *followers = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@exemple.fr"} for name in ("fiche", "un", "deux")]
        )
        self.server.refuse("un@exemple.fr", "550 5.1.1 unknown")
        message = record.with_context(mail_notify_force_send=False).message_post(
            body="Bonjour", partner_ids=[partner.id for partner in followers]
        )
        self.server.run_queue()
        self.server.run_queue()
        self.assertEqual([address for address, _message in self.server.mails], ["deux@exemple.fr"])
        statuses = {
            notification.res_partner_id.name: notification.notification_status
            for notification in message.notification_ids
        }
        self.assertEqual(statuses, {"un": "exception", "deux": "sent"})

    def test_a_mail_that_breaks_the_connection_does_not_use_up_the_tries_of_the_next_ones(self):
        poison, other = self._mail("poison@exemple.fr"), self._mail("suite@exemple.fr")
        self.server.be("cut")
        self.server.run_queue()
        self.assertEqual((poison.retry_count, other.retry_count, other.state), (1, 0, "outgoing"))
        self.server.be()
        self.server.run_queue()
        self.assertEqual([to for to, _message in self.server.mails], ["suite@exemple.fr"])

    @settings(max_examples=10)
    @given(
        moods=st.lists(st.sampled_from(QUICK), max_size=6),
        refused=st.sets(st.sampled_from(("un@exemple.fr", "deux@exemple.fr", "trois@exemple.fr"))),
    )
    def test_whatever_the_server_does_each_has_her_mail_once_or_somebody_is_told(
        self, moods, refused
    ):
        with self.env.cr.savepoint() as savepoint:
            self._check_story(moods, refused)
            savepoint.rollback()

    def _check_story(self, moods, refused):
        self.server.mails.clear()
        self.server.handler.refused = dict.fromkeys(refused, "550 5.1.1 unknown")
        partners = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@exemple.fr"} for name in ("un", "deux")]
        )
        self._mail("zero@exemple.fr", recipient_ids=[Command.set(partners.ids)])
        self._mail("trois@exemple.fr")
        for mood in moods:
            self.server.be(mood)
            self._wait(1)
        self.server.be()
        for _turn in range(3):
            self._wait(61)
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "outgoing")]))
        failed = self.env["mail.mail"].search([("state", "=", "exception")])
        told = {mail.email_to or mail.recipient_ids.email for mail in failed}
        self.assertEqual(failed, failed.filtered("is_warned"))
        self.assertEqual(len(told), len(failed))
        self.assertEqual(bool(told), bool(self._warnings()))
        addresses = [address for address, _message in self.server.mails]
        everybody = [f"{name}@exemple.fr" for name in ("deux", "trois", "un", "zero")]
        self.assertEqual(sorted([*addresses, *told]), everybody)
        self.assertLessEqual(refused, told)

    def test_what_is_of_no_use_later_does_not_leave(self):
        mail = self._mail(valid_until=fields.Datetime.now() + timedelta(minutes=10))
        self.server.be("away")
        self.server.run_queue()
        self._wait(1)
        self.assertEqual(mail.state, "outgoing")
        self._wait(5)
        self.assertEqual(mail.state, "exception")
        self.server.be()
        self._wait(60)
        self.assertFalse(self.server.mails)
        kept = self._mail("autre@exemple.fr", state="exception")
        self.env["mail.mail"]._gc_useless()
        self.assertTrue(mail.exists())
        self.clock.tick(timedelta(days=8))
        self.env["mail.mail"]._gc_useless()
        self.assertEqual((mail + kept).exists(), kept)

    def test_retry_by_hand_leaves_at_once(self):
        mail = self._mail()
        self.server.be("to_550")
        self.server.run_queue()
        self.server.be()
        mail.action_retry()
        self.assertEqual(mail.retry_count, 0)
        self.server.run_queue()
        self.assertEqual(len(self.server.mails), 1)
        self.assertFalse(self._warnings())

    def test_who_sends_at_once_and_must_know_gets_the_error(self):
        mail = self._mail()
        self.server.be("away")
        with self.assertRaises(MailDeliveryException):
            mail.send(raise_exception=True)

    def test_a_warning_that_fails_does_not_stop_the_queue(self):
        mail, other = self._mail("un@exemple.fr"), self._mail("deux@exemple.fr")
        self.server.refuse("un@exemple.fr", "550 5.1.1 unknown")
        self.patch(type(mail), "_warn_unsent", lambda _mail: 1 / 0)
        with mute_logger("odoo.addons.mail_retry.models.mail_mail"):
            self.server.run_queue()
        self.assertEqual((mail.state, mail.is_warned), ("exception", False))
        self.assertFalse(other.exists())
        self.assertEqual(len(self.server.mails), 1)

    def test_waiting_shows_as_waiting_in_the_history_and_in_red_once_told(self):
        record, person = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@exemple.fr"} for name in ("fiche", "un")]
        )
        message = record.with_context(mail_notify_force_send=False).message_post(
            body="Bonjour", partner_ids=person.ids
        )
        self.server.be("to_450")
        self.server.run_queue()
        self.assertEqual(message.notification_ids.notification_status, "ready")
        for minutes in (1, 5, 15, 60):
            self._wait(minutes)
        self.assertEqual(message.notification_ids.notification_status, "exception")
        self.server.be()
        self._wait(60)
        self.assertEqual(message.notification_ids.notification_status, "sent")
