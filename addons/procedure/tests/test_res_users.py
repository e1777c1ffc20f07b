from odoo.tests import tagged

from .common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestDeletedAccount(ProcedureCommon):
    """A resident deletes her account; what she asked goes on."""

    def _delete(self, user):
        user.with_user(user).sudo()._deactivate_portal_user()
        self.assertFalse(user.partner_id.active)

    def _tasks(self, request):
        return request.activity_ids.filtered(
            lambda activity: activity.summary == "Le demandeur a supprimé son compte"
        )

    def test_who_handles_her_request_is_told(self):
        request, done = self._submit(), self._submit()
        done.with_user(self.agent).action_refuse("Hors du territoire")
        told = len(request.message_ids)
        self._delete(self.camille)
        self.assertEqual(self._tasks(request).user_id, request.service_id.user_ids)
        self.assertEqual(len(request.message_ids), told + 1)
        self.assertTrue(request.message_ids[0].is_internal)
        self.assertFalse(self._tasks(done))
        self.assertFalse(request._is_followed_online())

    def test_who_answers_then_is_told_that_it_reaches_nobody(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        self._delete(self.camille)
        self._tasks(request).unlink()
        request.with_user(self.agent).action_refuse("Hors du territoire")
        self.assertEqual(self._tasks(request).user_id, self.agent)

    def test_an_answer_that_reaches_somebody_says_nothing(self):
        request = self._submit()
        request.with_user(self.agent).action_refuse("Hors du territoire")
        self.assertFalse(self._tasks(request))

    def test_she_acts_for_nobody_any_more(self):
        both = self._delegations(self.camille, self.dominique)
        request = self._submit(acting_for=both.organisation_id)
        self._delete(self.camille)
        self.assertEqual(both.mapped("state"), ["ended", "active"])
        self.assertFalse(self._tasks(request), "another delegate reads the answer")
        self._delete(self.dominique)
        self.assertEqual(both.mapped("state"), ["ended", "ended"])
        self.assertTrue(self._tasks(request))
