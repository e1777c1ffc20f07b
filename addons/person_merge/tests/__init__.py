from . import test_household_merge
from . import test_organisation_merge
from . import test_person_merge
