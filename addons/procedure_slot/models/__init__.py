from . import procedure_field
from . import procedure_field_types
from . import procedure_request
from . import procedure_slot_booking
from . import procedure_slot_calendar
from . import procedure_slot_exception
from . import procedure_slot_opening
