from . import family_booking
from . import family_booking_link
from . import res_partner
