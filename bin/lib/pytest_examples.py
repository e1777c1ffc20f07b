"""How many examples Hypothesis takes, and which: a test says no more than how many are enough for
the gate, when that is not a hundred.

    gate     the same ones each time, on each machine: nothing is red by chance
    sweep    ten times as many, new ones, drawn by the number that `bin/sweep` prints; with it,
             `SEED=… bin/test procedure_form -- -k settled` meets them again

Neither has a limit on the clock, nor the health checks, which are limits too.
"""

import os
from functools import wraps

from hypothesis import HealthCheck, core, settings
from hypothesis.internal.conjecture import providers

MORE = 10


def pytest_configure():
    forget_constants()
    always = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
    settings.register_profile("gate", derandomize=True, **always)
    settings.load_profile("gate")
    if "SEED" not in os.environ:
        return
    examples = MORE * settings.default.max_examples
    # Said, since Hypothesis alone would settle it by the variable CI.
    settings.register_profile(
        "sweep", derandomize=False, max_examples=examples, print_blob=True, **always
    )
    settings.load_profile("sweep")
    core.global_force_seed = int(os.environ["SEED"])
    ask_for_more()


def forget_constants():
    """Hypothesis also tries the numbers and words written in the code that is loaded, which is
    another at each order of the files and on each number of workers: a gate that was green here was
    red elsewhere."""
    providers._get_local_constants = lambda: providers._local_constants


def ask_for_more():
    """For the tests that say a number of their own too: they are imported later."""
    define = settings.__init__

    @wraps(define)
    def define_more(self, parent=None, **values):
        if "max_examples" in values:
            values["max_examples"] *= MORE
        define(self, parent, **values)

    settings.__init__ = define_more
