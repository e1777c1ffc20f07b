"""Two agents at the same moment, each in a real transaction of her own."""

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestJoiningRace(ConcurrencyCommon):
    """The two requests are those of one visitor."""

    def _join(self, cr, user_id, joined=0, kept=1):
        request = self._request(cr, user_id, joined)
        request.env.invalidate_all()
        request._join_to(self._request(cr, user_id, kept))
        request.env.flush_all()

    def _read(self):
        with self._cursor() as cr:
            requests = [self._request(cr, SUPERUSER_ID, index) for index in (0, 1)]
            return [request.duplicate_of_id.id for request in requests]

    def test_each_into_the_other_at_once(self):
        with self._cursor() as one, self._cursor() as two:
            self._request(two, self.b).state  # noqa: B018 her screen is older
            self._join(one, self.a)
            with self.assertRaisesRegex(UserError, "at this very moment"):
                self._join(two, self.b, 1, 0)
            two.rollback()
            one.commit()
        with self._cursor() as two, self.assertRaisesRegex(UserError, "race_a"):
            self._join(two, self.b, 1, 0)
        self.assertEqual(self._read(), [self.request_ids[1], False])

    def test_a_screen_older_than_the_joining(self):
        with self._cursor() as one, self._cursor() as two:
            self.assertEqual(self._request(two, self.b).state, "submitted")
            self._join(one, self.a)
            one.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self._join(two, self.b)
            two.rollback()
            with self.assertRaisesRegex(UserError, "race_a"):
                self._join(two, self.b)
        self.assertEqual(self._read(), [self.request_ids[1], False])

    def test_what_goes_on_meets_who_decides_it(self):
        """It is decided while it receives the other one: one of the two is played again."""
        with self._cursor() as one, self._cursor() as two:
            self.assertEqual(self._request(two, self.b, 1).state, "submitted")
            self._join(one, self.a)
            one.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                self._request(two, self.b, 1).action_accept()
            two.rollback()
