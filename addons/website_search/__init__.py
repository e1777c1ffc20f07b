from . import controllers, models


def _post_init(env):
    """What was indexed before its French was loaded is told again."""
    env["territory.search.document"]._rebuild()
