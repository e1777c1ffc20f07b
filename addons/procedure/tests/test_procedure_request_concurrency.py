"""Two people at the same moment, each in a real transaction of her own."""

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCommon):
    def test_the_second_is_told_while_the_first_acts_and_after(self):
        acts = {
            "take": lambda request: request.action_take(),
            "accept": lambda request: request.action_accept(),
            "refuse": lambda request: request.action_refuse("Non"),
            "assign": lambda request: request.action_assign(self.b),
        }
        for first in ("take", "accept"):
            for second in acts:
                with self.subTest(f"{first}, then {second}"):
                    with self._cursor() as one, self._cursor() as two:
                        acts[first](self._request(one, self.a))
                        one.execute("SELECT 1")
                        self._request(one, self.a).env.flush_all()
                        with self.assertRaisesRegex(UserError, "at this very moment"):
                            acts[second](self._request(two, self.b))
                        two.rollback()
                        one.rollback()
        with self._cursor() as one:
            acts["accept"](self._request(one, self.a))
        with self._cursor() as two, self.assertRaisesRegex(UserError, "race_a"):
            acts["refuse"](self._request(two, self.b))
        self.assertEqual(self._state()[:2], ("accepted", ["accepted"]))

    def test_a_screen_older_than_the_decision_of_the_other(self):
        """The transaction of the second began before the first ended: Odoo plays it again, and
        it is then told."""
        for index, act in enumerate(
            (lambda request: request.action_accept(), lambda request: request.action_take())
        ):
            with self._cursor() as one, self._cursor() as two:
                self.assertEqual(self._request(two, self.b, index).state, "submitted")
                act(self._request(one, self.a, index))
                one.commit()
                with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                    act(self._request(two, self.b, index))
                two.rollback()
                self._request(two, self.b, index).env.invalidate_all()
                with self.assertRaisesRegex(UserError, "race_a"):
                    act(self._request(two, self.b, index))
        self.assertEqual(self._state(0)[:2], ("accepted", ["accepted"]))
        self.assertEqual(self._state(1), ("in_review", [], self.a))
