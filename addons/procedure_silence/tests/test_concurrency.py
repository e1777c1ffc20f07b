from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCommon):
    def test_the_job_leaves_what_an_agent_answers_at_this_moment(self):
        rule = {"effect": "refused", "number": 2, "unit": "month"}
        with self._cursor() as cr:
            for index in range(2):
                self._request(cr, SUPERUSER_ID, index).write(
                    {"silence_rule": rule, "date_silence": "2020-01-31"}
                )
        with self._cursor() as one, self._cursor() as two:
            request = self._request(one, self.a)
            request.action_accept()
            request.env.flush_all()
            job = api.Environment(two, SUPERUSER_ID, {})["procedure.request"]
            job._cron_silence()
            one.commit()
            job.env.invalidate_all()
            job._cron_silence()
        self.assertEqual(self._state(0)[:2], ("accepted", ["accepted"]))
        self.assertEqual(self._state(1)[:2], ("refused", ["implicit_refused"]))
