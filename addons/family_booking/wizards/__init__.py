from . import family_booking_entry
