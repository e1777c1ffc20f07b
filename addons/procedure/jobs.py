"""What the daily jobs do, one record after the other."""

import logging

_logger = logging.getLogger(__name__)


def do_alone(record, act):
    """Do this to one record, whole or not at all. What breaks on it is logged, and tried again
    tomorrow: the law does not wait for the others.

    :param act: name of a method of the record
    """
    try:
        with record.env.cr.savepoint():
            getattr(record, act)()
            record.env.flush_all()
    except Exception:
        _logger.exception("%s on %s", act, record)
