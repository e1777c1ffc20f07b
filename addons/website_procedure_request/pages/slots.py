"""Where a file may be given to a request that was sent."""

from collections import namedtuple

# No question of a form has such a key.
MESSAGE_SLOT = "_piece"
MESSAGE_FILES = 3

# What `FormFiles` reads of a question.
Slot = namedtuple("Slot", "key max_files accepted_kinds")


def make_slot(item):
    """Of an item that is asked; see `_get_asked_items`."""
    field = item["field"]
    maximum = max(field.max_files if field else 1, len(item["lines"]), 1)
    return Slot(item["key"], maximum, field.accepted_kinds if field else "")
