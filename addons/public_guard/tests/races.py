"""Several people at the same moment: what is limited must not depend on who comes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying

SECONDS = 30


def at_once(registry, *calls):
    """Run each call (of an environment) as the server runs a request: in a thread and a
    transaction of its own, all of them begun before the first one works, played again when
    PostgreSQL says so, committed at the end.

    For tests whose data are committed, with `odoo.modules.module.current_test` put off.

    :return: what each call returned, in their order; an exception is raised
    """
    barrier = Barrier(len(calls))

    def run(call):
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            # The first query takes the snapshot: each has its own, older than all that follows.
            cr.execute("SELECT 1")
            barrier.wait(SECONDS)
            return retrying(lambda: call(env), env)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(SECONDS) for future in [pool.submit(run, call) for call in calls]]
