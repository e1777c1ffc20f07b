"""What a town hall is asked first."""

from typing import NamedTuple


class Question(NamedTuple):
    """One of the seven; it is not asked where none of its fields is open."""

    title: str
    # What is needed to answer it, on one line.
    hint: str
    # Names of fields of `_get_approval_fields()`; "body" where it is plain text.
    names: tuple
    # What the page lacks as long as nobody answered.
    hole: str


# Those of its fields that are open are asked.
NAMES = {
    "hours": ("week_opening_ids", "exception_ids"),
    "contact": ("phone", "email", "street", "contact_name", "access"),
    "line": ("tagline",),
    "photo": ("photo", "photo_alt", "photo_credit"),
    "members": ("member_ids",),
    "asked": ("practical", "water"),
    "alerts": ("panneaupocket_url",),
}
