from odoo import api
from odoo.tests import tagged

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestBulkConcurrency(ConcurrencyCommon):
    def test_a_bulk_leaves_what_somebody_handles(self):
        with self._cursor() as one, self._cursor() as two:
            self._request(one, self.a, 0).action_take()
            one.execute("SELECT 1")
            env = api.Environment(two, self.b, {})
            wizard = env["procedure.bulk.wizard"].create(
                {"request_ids": self.request_ids, "action": "refuse", "reasons": "Complet"}
            )
            wizard.action_confirm()
            number = self._request(two, self.b, 0).number
            self.assertIn("at this very moment", wizard.report_html)
            self.assertIn(number, wizard.report_html)
            two.commit()
            one.commit()
        self.assertEqual(self._state(0)[0], "in_review")
        self.assertEqual(self._state(1)[:2], ("refused", ["refused"]))
