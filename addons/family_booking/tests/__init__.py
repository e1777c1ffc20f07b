from . import test_booking_change
from . import test_booking_waiting
from . import test_booking_rights
from . import test_booking_join
from . import test_booking_machine
from . import test_booking_race
from . import test_booking_staff
