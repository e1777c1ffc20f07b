from . import test_booking_mail
from . import test_booking_link
from . import test_week_mail
