import logging

from . import models

_logger = logging.getLogger(__name__)


def post_init_hook(env):
    """The demo lives in the communes of data/: bin/run loads them before."""
    if env["territory.commune"].search_count([], limit=1):
        env["territory.demo"]._build()
    else:
        _logger.info("No commune is loaded: the demo stays empty.")
