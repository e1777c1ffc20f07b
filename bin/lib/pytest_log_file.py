"""The log of the tests, in a file for each worker: $TEST_LOG.<worker>.log, read by report.py."""

import logging
import os


def pytest_configure(config):
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    numbered = getattr(config.option, "numprocesses", None)
    if not worker and numbered:
        # The one that only shares the work out.
        return
    handler = logging.FileHandler(f"{os.environ['TEST_LOG']}.{worker or 'alone'}.log")
    handler.setLevel(logging.INFO)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(process)d %(levelname)s test %(name)s: %(message)s")
    )
    logging.getLogger().addHandler(handler)
    # Of all, the address that was asked says most.
    logging.getLogger("werkzeug").setLevel(logging.INFO)
