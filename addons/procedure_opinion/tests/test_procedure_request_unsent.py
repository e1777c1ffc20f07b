from odoo.tests import tagged

from odoo.addons.procedure.tests.test_procedure_request_unsent import UnsentCommon


@tagged("post_install", "-at_install")
class TestUnsent(UnsentCommon):
    def test_a_link_that_does_not_leave_is_told(self):
        """It is of no record, for nobody to read it there."""
        request = self._submit_without_account()
        self._run_queue()
        request = request.with_context(follow_code=None)
        request.with_user(self.agent).action_take()
        self._tasks(request).unlink()
        request.with_user(self.agent).action_consult(
            "Votre avis ?", contact_name="M. Petit", contact_email="avis@exemple.fr"
        )
        self.assertFalse(self._tasks(request))
        self._let_it_fail()
        self.assertEqual(self._tasks(request).user_id, self.agent)
