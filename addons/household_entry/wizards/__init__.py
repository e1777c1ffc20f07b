from . import household_entry_person
from . import household_entry
from . import household_entry_adult
from . import household_entry_child
