"""The types of questions about the household of the person who asks."""

from .children import ChildrenType
from .dwelling import DwellingType
from .persons import PersonsType

HOUSEHOLD_TYPES = {each.code: each for each in (PersonsType(), ChildrenType(), DwellingType())}
