from unittest.mock import patch

from psycopg2.pool import PoolError

from odoo.sql_db import ConnectionPool, connection_info_for
from odoo.tests import BaseCase, tagged
from odoo.tools import config, mute_logger

from .. import pool

SIZE = 8
# What is left to a thread that holds one already.
RESERVED = 2


@tagged("post_install", "-at_install")
class TestPool(BaseCase):
    """All connections in use for an instant is no pause of the site."""

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.sql_db"))
        self.pool = ConnectionPool(SIZE)
        self.addCleanup(self.pool.close_all)
        self.info = connection_info_for(config["db_name"][0])[1]
        self.waited = []
        self.enterContext(patch.object(pool.time, "sleep", self._sleep))
        self.enterContext(patch.object(pool.time, "monotonic", lambda: len(self.waited)))
        self.who = 1
        self.enterContext(patch.object(pool.threading, "get_ident", lambda: self.who))
        # What happens while somebody waits, by rank.
        self.meanwhile = {}

    def _sleep(self, seconds):
        self.waited.append(seconds)
        self.meanwhile.get(len(self.waited), lambda: None)()

    def _borrow(self, who):
        self.who = who
        return self.pool.borrow(self.info)

    def _fill(self):
        """As many people as it takes, each with one connection."""
        return [self._borrow(rank) for rank in range(SIZE - RESERVED)]

    def test_who_comes_waits_for_the_first_that_is_given_back(self):
        held = self._fill()
        self.assertFalse(self.waited)
        self.meanwhile[3] = lambda: self.pool.give_back(held[0])
        self.assertIs(self._borrow("new"), held[0])
        self.assertEqual(len(self.waited), 3)

    def test_who_waits_too_long_is_refused(self):
        self._fill()
        with self.assertRaises(PoolError):
            self._borrow("new")
        self.assertEqual(len(self.waited), pool.WAIT_SECONDS)

    def test_who_holds_one_has_a_second_one_at_once(self):
        self._fill()
        for who in range(RESERVED):
            self._borrow(who)
        self.assertFalse(self.waited)
        with self.assertRaises(PoolError):
            self._borrow(RESERVED)
        self.assertEqual(len(self.pool._connections), SIZE)

    def test_a_connection_given_back_is_nobodys(self):
        held = self._fill()
        self.pool.give_back(held[0])
        self._borrow("new")
        with self.assertRaises(PoolError):
            self._borrow(0)

    def test_those_of_websockets_wait_by_themselves(self):
        self._fill()
        with patch.object(pool.odoo, "evented", True, create=True):
            for _each in range(RESERVED):
                self._borrow("new")
            with self.assertRaises(PoolError):
                self._borrow("newer")
        self.assertFalse(self.waited)
