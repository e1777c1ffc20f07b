from . import test_slot_page
from . import test_appointment
