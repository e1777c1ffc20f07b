from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import upload

from .common import MORNING, DigestCommon


@tagged("post_install", "-at_install")
class TestDigest(DigestCommon):
    def test_one_mail_for_the_service_and_the_day(self):
        request = self._filed()
        mail = self._run()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, (self.agent | self.colleague).partner_id)
        self.assertIn("dechets@exemple.fr", mail.email_from)
        self.assertIn("25/11/2026", mail.subject)
        self.assertIn(request.number, mail.body_html)
        self.assertIn(f"/odoo/procedure.request/{request.id}", mail.body_html)
        self.assertIn("Nouvelles, pas encore prises", mail.body_html)
        self.assertIn("auto-generated", mail.headers)
        self.assertFalse(self._run(), "the cron runs again: nothing")
        self.assertFalse(self._run("2026-11-25 16:00:00"))
        self.assertEqual(len(self._run("2026-11-26 07:00:00")), 1)

    def test_nothing_to_say_no_mail(self):
        request = self._filed()
        request.with_user(self.agent).action_take()
        self.assertFalse(self._run())
        self._filed()
        self.assertFalse(self._run("2026-11-25 09:00:00"), "of today already")
        self.assertTrue(self._run("2026-11-26 07:00:00"))

    def test_no_name_leaves(self):
        request = self._filed()
        body = self._run().body_html
        for personal in ("Camille", "Durand", "camille@exemple.fr", "rue du Moulin"):
            self.assertNotIn(personal, body)
        self.assertIn(self.procedure.name, body)
        self.assertIn(request.commune_id.name, body)

    def test_each_request_in_one_part_the_most_urgent(self):
        self.procedure.write({"handling_days": 30, "alert_orange_days": 10, "alert_red_days": 2})
        late = self._filed("2026-10-01")
        soon = self._filed("2026-11-01")
        new = self._filed("2026-11-24")
        slow = self._filed("2026-11-20")
        with freeze_time("2026-11-20 10:00:00"):
            slow.with_user(self.agent).action_take()
            slow.with_user(self.agent).action_ask_completion(
                [{"label": "Facture", "reason": "Il manque"}], due="2026-11-30"
            )
        body = self._run().body_html
        self.assertNotIn(slow.number, body)
        for request, title, after in (
            (late, "En retard", "À traiter bientôt"),
            (soon, "À traiter bientôt", "Nouvelles, pas encore prises"),
            (new, "Nouvelles, pas encore prises", "Toutes les demandes"),
        ):
            self.assertEqual(body.count(f">{request.number}<"), 1)
            part = body[body.index(title) : body.index(after)]
            self.assertIn(request.number, part)
        self.assertIn("55 jours", body)
        body = self._run("2026-12-02 07:00:00").body_html
        self.assertIn(slow.number, body[body.index("n’a pas répondu à temps") :])

    def test_what_was_completed_before_anybody_took_it(self):
        request = self._filed("2026-11-24")
        self.procedure.notify_at_once = True
        with freeze_time("2026-11-24 10:00:00"):
            asker = request.with_user(self.agent)
            asker.action_ask_completion([{"label": "Facture", "reason": "Il manque"}])
            asker._receive(files={request._get_asked_items()[0]["key"]: [upload()]})
        self.assertEqual((request.state, request.user_id.id), ("in_review", False))
        self.assertIn(f">{request.number}<", self._run().body_html)
        with freeze_time("2026-11-25 10:00:00"):
            asker.action_take()
        self.assertFalse(self._run("2026-11-26 07:00:00"))

    def test_at_the_hour_and_on_working_days(self):
        self._filed("2026-11-20")
        for moment in (
            "2026-11-25 05:59:00",  # 6:59 in Paris
            "2026-11-28 07:00:00",  # Saturday
            "2026-11-29 07:00:00",
            "2026-12-25 07:00:00",
            "2027-03-29 07:00:00",  # Easter Monday
        ):
            self.assertFalse(self._run(moment), moment)
        self.env["ir.config_parameter"].set_param("procedure_digest.hour", 14)
        self.assertFalse(self._run("2026-11-25 12:59:00"))
        self.assertTrue(self._run("2026-11-25 13:00:00"))
        # In summer too.
        self.env["ir.config_parameter"].set_param("procedure_digest.hour", 1)
        self.assertTrue(self._run("2027-06-30 23:00:00"))

    def test_the_hour_is_an_hour(self):
        Settings = self.env["res.config.settings"]
        Settings.create({"procedure_digest_hour": 9}).execute()
        self.assertEqual(self.env["procedure.digest"]._get_hour(), 9)
        for wrong in (-1, 0, 24):
            with self.assertRaises(ValidationError):
                Settings.create({"procedure_digest_hour": wrong})

    def test_told_at_once_and_not_again_in_the_morning(self):
        self.procedure.notify_at_once = True
        before = self.env["mail.mail"].search([])
        request = self._filed()
        told = (self.env["mail.mail"].search([]) - before).filtered(
            lambda mail: self.agent.partner_id in mail.recipient_ids
        )
        self.assertEqual(len(told), 1)
        self.assertIn(request.number, told.subject)
        self.assertIn(f"/odoo/procedure.request/{request.id}", told.body_html)
        self.assertNotIn("Durand", told.subject + told.body_html)
        self.assertFalse(self._run())
        with freeze_time(MORNING):
            self.waste.sends_daily_digest = False
            self._submit()
        self.assertEqual(
            len(self.env["mail.mail"].search([("recipient_ids", "in", self.agent.partner_id.ids)])),
            2,
            "also when the service has no daily mail",
        )

    def _tell_nobody(self, moment):
        """Filed at that moment by somebody who says neither name nor address."""
        with (
            freeze_time(moment),
            patch.object(
                type(self.env["procedure.request"]), "_is_from_nobody", lambda _request: True
            ),
        ):
            return self._submit()

    def test_what_nobody_signs_is_told_once_an_hour_with_its_count(self):
        self.procedure.notify_at_once = True
        told = lambda: self.env["mail.mail"].search(  # noqa: E731
            [("recipient_ids", "in", self.agent.partner_id.ids)], order="id"
        )
        first = self._tell_nobody("2026-11-25 14:00:00")
        self.assertIn(first.number, told().subject)
        others = [self._tell_nobody(f"2026-11-25 14:{minute}:00") for minute in (10, 20, 59)]
        self.assertEqual(len(told()), 1)
        with freeze_time("2026-11-25 14:59:30"):
            self.env["procedure.digest"]._send_due()
        self.assertEqual(len(told()), 1)
        for minute in (1, 16):
            with freeze_time(f"2026-11-25 15:{minute:02}:00"):
                self.env["procedure.digest"]._send_due()
        self.assertEqual(len(told()), 2)
        self.assertIn("3 nouvelles demandes sans nom", told()[-1].subject)
        for request in others:
            self.assertIn(request.number, told()[-1].body_html)
        # The hour counts from what was told last.
        late = self._tell_nobody("2026-11-25 15:30:00")
        self.assertEqual(len(told()), 2)
        with freeze_time("2026-11-25 16:01:00"):
            self.env["procedure.digest"]._send_due()
        self.assertEqual(len(told()), 3)
        self.assertIn(late.number, told()[-1].subject)
        with freeze_time("2026-11-25 16:30:00"):
            self._submit()
        self.assertEqual(len(told()), 4, "who says who she is never waits")

    def test_long_lists_are_counted(self):
        requests = [self._filed() for _each in range(18)]
        body = self._run().body_html
        self.assertEqual(sum(request.number in body for request in requests), 15)
        self.assertIn("et 3 autres", body)

    def test_as_many_queries_for_two_requests_as_for_twelve(self):
        def count(number):
            for _each in range(number):
                name = f"DIGEST{self._next()}"
                self._filed(procedure=self._procedure(name, name, self.waste))
            self.waste.digest_date = False
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self._run())
            return self.env.cr.sql_log_count - before

        count(1)  # templates and other caches
        self.assertLessEqual(count(10), count(1))

    def _next(self):
        self.counter = getattr(self, "counter", 0) + 1
        return self.counter
