from . import procedure_slot_booking
from . import procedure_slot_calendar
from . import procedure_slot_exception
from . import procedure_slot_opening
