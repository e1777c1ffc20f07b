from . import household_entry
from . import situation_change_linking
