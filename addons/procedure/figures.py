"""Figures about so few people that they could name somebody are not shown. No ORM."""

FLOOR = 5


def has_enough(count):
    return count >= FLOOR


def cover(total, part):
    """What may be shown of a part of a total.

    :return: (total, part): None for what is about too few people. Where the part, or what is left,
        is that small, the total is rounded down: their difference says nothing more.
    """
    if not has_enough(total):
        return None, None
    if has_enough(part) and has_enough(total - part):
        return total, part
    return _round(total), _round(part) if has_enough(part) else None


def _round(count):
    return count - count % FLOOR
