from . import test_household_entry
