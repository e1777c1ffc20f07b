from . import test_entry_retention
from . import test_household_entry
