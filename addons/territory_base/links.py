"""Links that are their own key: an address whose last part is signed. What it says is read here
only. The page behind it: `open_link` of `website_parts`."""

from odoo.tools.misc import consteq, hash_sign, verify_hash_signed


def sign_row(row_sudo, scope, *others, nonce=None, **end):
    """The key of this row, for an address.

    :param row_sudo: in superuser mode
    :param scope: what it is for: a key that was signed for something else opens nothing
    :param others: ids or words that `find_row` gives back
    :param nonce: the field of the row without which it opens nothing: written again, it makes every
        former key dead
    :param end: `expiration` or `expiration_hours`, as for core's `hash_sign`
    """
    values = [row_sudo.id, *others]
    if nonce:
        values.append(row_sudo[nonce])
    return hash_sign(row_sudo.env, scope, values, **end)


def find_row(model_sudo, scope, token, nonce=None):
    """What a key names; in superuser mode, since the signature is the check. Never an error.

    :return: (the row, what else was signed with it); no row when the key was forged, is too old or
        was replaced, or when the row is gone: nobody is told which
    """
    values = read_signed(model_sudo.env, scope, token)
    # A key that names a row and nothing else may be its id alone: those of the mails of before.
    row_id, *others = values if isinstance(values, list) and values else [values]
    # The nonce is compared to what the key says last.
    given = others.pop() if nonce and others else None
    row_sudo = model_sudo.browse(row_id or ()).exists()
    if not row_sudo or (nonce and not (given and consteq(row_sudo[nonce] or "", given))):
        return model_sudo.browse(), []
    return row_sudo, others


def read_signed(env, scope, token):
    """What was signed by core's `hash_sign`; None when it was forged, is too old, or is nothing of
    the sort: a stranger types it.

    :param env: in superuser mode
    """
    try:
        return verify_hash_signed(env, scope, token or "")
    except (AttributeError, TypeError, ValueError):
        return None
