from threading import Thread

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestRequestActRace(ConcurrencyCommon):
    """The applicant presses a button twice: what was done is told, not that others are at it."""

    def _press(self, cr):
        request = self._request(cr, SUPERUSER_ID)
        request._take_portal_turn()
        request._cancel()
        request.env.flush_all()

    def test_the_second_press_waits_then_is_played_again(self):
        outcome = []

        def press(cr):
            try:
                self._press(cr)
            except SerializationFailure as refused:
                outcome.append(refused)

        with self._cursor() as one, self._cursor() as two:
            # Both have begun.
            two.execute("SELECT 1 FROM procedure_request")
            self._press(one)
            second = Thread(target=press, args=(two,))
            with self.assertNoLogs("odoo.sql_db", "ERROR"):
                second.start()
                one.commit()
                second.join()
            self.assertEqual(len(outcome), 1)
            two.rollback()
            with self.assertRaisesRegex(UserError, "is now"):
                self._press(two)
        self.assertEqual(self._state()[0], "cancelled")

    def test_while_an_agent_acts_she_is_told_so(self):
        with self._cursor() as one, self._cursor() as two:
            self._request(one, self.a).action_take()
            self._request(one, self.a).env.flush_all()
            with self.assertRaisesRegex(UserError, "at this very moment"):
                self._press(two)
            two.rollback()
            one.rollback()
