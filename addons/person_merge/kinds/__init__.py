"""What is particular to a kind of sheets, one class each: signs that two are one, who may decide,
what both hold."""

from .base import SheetKind
from .household import HouseholdKind
from .organisation import OrganisationKind
from .person import PersonKind

KINDS = (PersonKind(), HouseholdKind(), OrganisationKind())


def find_kind(sheets):
    """That of all of these sheets; None where they differ."""
    return next((kind for kind in KINDS if all(map(kind.is_of, sheets))), None)
