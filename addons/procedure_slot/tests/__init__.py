from . import test_offer
from . import test_slot_type
from . import test_slot_booking
from . import test_slot_race
from . import test_slot_rights
from . import test_slot_moved
from . import test_slot_desk
from . import test_slot_reminder
