from odoo.tests import tagged

from odoo.addons.procedure_signature.models.procedure_request_signature import AWAITED
from odoo.addons.procedure_signature.tests.common import SignatureCommon


@tagged("post_install", "-at_install")
class TestSignatureJoined(SignatureCommon):
    """`procedure_signature` with `procedure_duplicate`: neither knows the other one."""

    def test_joined_then_separated_it_is_asked_again(self):
        first = self._enrol()
        second = self._enrol()
        second.with_user(self.agent)._join_to(first.with_user(self.agent))
        self.env.invalidate_all()
        self.assertEqual(second.signature_ids.mapped("state"), ["withdrawn"])
        second.with_user(self.agent).action_separate()
        self.env.invalidate_all()
        self.assertEqual(second.state, AWAITED)
        self.assertEqual(second.signature_ids.mapped("state"), ["withdrawn", "asked"])
        self.assertTrue(second.date_paused)
        self._sign(second.signature_ids[1], self.dominique)
        self.assertEqual(second.state, "submitted")
