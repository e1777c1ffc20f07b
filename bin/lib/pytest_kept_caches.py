"""Pages compiled once for all tests, not again in each.

After each test Odoo empties every cache of the registry: two tests out of three then compile the
same pages, read the same assets and routes again. Production empties a cache when something that
it holds is written, and `Registry.clear_cache` is told. The same is enough here, with one thing
more: what a test wrote is rolled back, so what it cleared is cleared again at its end, and what a
class wrote at the end of the class.
"""

import sys

import pytest

# Written by almost every test, and cheap to fill again.
ALWAYS = {"default"}


@pytest.fixture(scope="session", autouse=True)
def kept_caches(load_registry):
    from odoo.modules.registry import Registry
    from odoo.orm.registry import _CACHES_BY_KEY

    clear_cache, clear_all_caches = Registry.clear_cache, Registry.clear_all_caches
    of_test, of_class = set(), set()

    def note_and_clear(registry, *names):
        of_test.update(names or ("default",))
        of_class.update(names or ("default",))
        clear_cache(registry, *names)

    def clear_what_was_written(registry):
        caller = sys._getframe(1)
        name = caller.f_globals["__name__"]
        if name == "odoo.tests.common" and caller.f_code.co_name == "reset_changes":
            names = of_class
        elif name in ("odoo.tools.misc", "unittest.case"):
            names = of_test
        else:
            of_test.update(_CACHES_BY_KEY)
            of_class.update(_CACHES_BY_KEY)
            clear_all_caches(registry)
            return
        clear_cache(registry, *sorted(names | ALWAYS))
        of_test.clear()
        if names is of_class:
            of_class.clear()

    Registry.clear_cache, Registry.clear_all_caches = note_and_clear, clear_what_was_written
    yield
    Registry.clear_cache, Registry.clear_all_caches = clear_cache, clear_all_caches
