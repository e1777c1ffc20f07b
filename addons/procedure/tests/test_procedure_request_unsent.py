from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail_retry.models.mail_mail import ACTIVITY, DELAYS
from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.territory_base import clock

from .common import ProcedureCommon


class UnsentCommon(ProcedureCommon):
    """A mail server that fails, a clock, and the tasks that tell it."""

    def setUp(self):
        super().setUp()
        self.env["mail.mail"].search([]).unlink()
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self.clock = self.enterContext(freeze_time("2026-03-02 12:00:00"))
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )

    def _tasks(self, request):
        return request.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        )

    def _run_queue(self):
        """Once the letter that the mail waits for has had its time (`procedure_letter`)."""
        self.clock.tick(timedelta(minutes=15))
        self.server.run_queue()

    def _let_it_fail(self):
        self.server.be("away")
        self._run_queue()
        for delay in DELAYS:
            self.clock.tick(delay)
            self.server.run_queue()


@tagged("post_install", "-at_install")
class TestUnsent(UnsentCommon):
    """A mail about a request that does not leave is told to those who answer for the request."""

    def test_each_agent_of_the_service_is_told_then_the_one_in_charge(self):
        request = self._submit()
        self._let_it_fail()
        tasks = self._tasks(request)
        self.assertEqual(tasks.user_id, self.agent + self.colleague)
        self.assertEqual(set(tasks.mapped("date_deadline")), {clock.today()})
        self.assertNotIn(self.camille.partner_id.email, f"{tasks.mapped('note')}")
        taken = self._submit()
        taken.with_user(self.agent).action_take()
        self._let_it_fail()
        self.assertEqual(self._tasks(taken).user_id, self.agent)
        self.assertEqual(len(self._tasks(request)), 2, "told once")

    def test_it_leaves_after_all_and_the_task_closes(self):
        request = self._submit()
        self._let_it_fail()
        self.server.be()
        self.clock.tick(timedelta(hours=1))
        self.server.run_queue()
        self.assertEqual(len(self.server.received(self.camille.email)), 1)
        self.assertFalse(self._tasks(request))

    def test_a_refused_address_is_told_at_once(self):
        request = self._submit_without_account()
        self.server.refuse(request.contact_email, "550 5.1.1 unknown")
        self._run_queue()
        tasks = self._tasks(request)
        self.assertEqual(tasks.user_id, self.agent + self.colleague)
        other = self._submit()
        self._let_it_fail()
        self.assertNotEqual(tasks[0].note, self._tasks(other)[0].note, "nothing is tried again")

    def test_what_is_not_in_the_history_is_told_too(self):
        """A new code: of no record, for nobody to read it there."""
        request = self._submit_without_account()
        self._run_queue()
        request = request.with_context(follow_code=None)
        request.with_user(self.agent).action_take()
        self._tasks(request).unlink()
        request.with_user(self.agent).action_send_code()
        self.assertFalse(self._tasks(request))
        self._let_it_fail()
        self.assertEqual(self._tasks(request).user_id, self.agent)

    def test_what_never_left_goes_with_the_request(self):
        request = self._submit_without_account().with_context(follow_code=None)
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_send_code()
        request.with_user(self.agent).action_drop("Sans suite")
        self.env["mail.mail"].search([]).state = "exception"
        self.assertTrue(self._mails(email="ana@"))
        request.sudo()._anonymise()
        self.assertFalse(self._mails(email="ana@"))

    def test_who_is_not_of_the_service_reads_no_task(self):
        request = self._submit()
        self._let_it_fail()
        tasks = self._tasks(request)
        self.assertTrue(tasks)
        for user in (self.camille, self.dominique):
            self.assertFalse(self.env["mail.activity"].with_user(user).has_access("read"))
        for user in (self.school_agent, self.other_secretary, self.dpo, self.communication):
            found = self.env["mail.activity"].with_user(user).search([("id", "in", tasks.ids)])
            self.assertFalse(found, user.login)

    def test_the_applicant_does_not_follow_the_warning(self):
        request = self._submit()
        followers = request.sudo().message_partner_ids
        self._let_it_fail()
        self.assertEqual(request.sudo().message_partner_ids, followers)
