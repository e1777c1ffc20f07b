"""Two people act on the same rows at the same moment: a helper for each way to meet."""

from odoo.exceptions import ConcurrencyError, LockError, UserError
from odoo.tools import SQL


def lock_or_tell(records, sentence=None):
    """One goes on, the other is told so, and not in core's words.

    :param sentence: what the second one reads, where it can be said better
    :raise UserError: somebody else is at it
    """
    try:
        records.lock_for_update(allow_referencing=True)
    except LockError as error:
        raise UserError(
            sentence
            or records.env._(
                "Somebody else is changing this at this very moment. Open it again in a few "
                "seconds."
            )
        ) from error


def lock_or_replay(records):
    """One goes on; Odoo plays the request of the other again, which meets what the first one did.
    For an ordinary double click: not core's `lock_for_update`, which writes an ERROR in the log
    when the first one has just ended.

    :raise ConcurrencyError: somebody else is at it
    :raise SerializationFailure: somebody else has just been at it; the same
    """
    if not records:
        return
    query = SQL(
        "SELECT FROM %s WHERE id IN %s FOR UPDATE SKIP LOCKED",
        SQL.identifier(records._table),
        records._ids,
    )
    records.env.cr.execute(query, log_exceptions=False)
    if records.env.cr.rowcount < len(records):
        raise ConcurrencyError(f"{records} is being changed by another request")
