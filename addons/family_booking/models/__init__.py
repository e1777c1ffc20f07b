from . import family_booking_turn
from . import family_booking_choices
from . import family_booking_waiting
from . import family_booking_acts
from . import family_booking
from . import family_session
from . import res_partner
