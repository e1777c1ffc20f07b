"""Hypothesis without chance in the gate: the same examples each time, and no limit on the clock.

`bin/sweep` looks for new ones. `derandomize` or `deadline` of a test's own would win over this.
"""

from hypothesis import settings


def pytest_configure(config):
    part = config.getoption("--part")
    settings.register_profile("gate", derandomize=True, deadline=None, database=None)
    settings.register_profile("sweep", deadline=None, database=None, print_blob=True)
    settings.load_profile("gate" if part in ("", "gate") else "sweep")
