"""All connections of this process are in use: who asks for one more waits a moment.

Core refuses at once, and the visitor reads that the site is in pause for what is over in a tenth of
a second: twenty people who press the same button, a page with its pictures.
"""

import functools
import threading
import time

from psycopg2.pool import PoolError

import odoo
from odoo.sql_db import ConnectionPool

# A visitor would rather wait than press again; after that time, the connections are stuck.
WAIT_SECONDS = 5
STEP_SECONDS = 0.05
# Part of the connections that is kept for a thread that holds one already: were all taken by
# requests that each want another one for its counts (`public.guard`), none could end.
RESERVED = 1 / 4

core_borrow = ConnectionPool.borrow


@functools.wraps(core_borrow)
def borrow(self, connection_info):
    """:raise PoolError: no connection was given back in time"""
    if getattr(odoo, "evented", False):
        # `bus` waits itself, and tells the browser to come back.
        return core_borrow(self, connection_info)
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _borrow_now(self, connection_info)
        except PoolError:
            if time.monotonic() >= end:
                raise
        time.sleep(STEP_SECONDS)


def _borrow_now(pool, connection_info):
    used = [each for each in list(pool._connections) if each._pool_in_use]
    me = threading.get_ident()
    room = pool._maxconn
    if not any(getattr(each, "borrowed_by", None) == me for each in used):
        room -= int(room * RESERVED)
    # Counted without the lock of the pool, which counts again: at worst the reserve is smaller.
    if len(used) >= room:
        raise PoolError("The Connection Pool Is Full")
    connection = core_borrow(pool, connection_info)
    connection.borrowed_by = me
    return connection


def patch_pool():
    ConnectionPool.borrow = borrow
