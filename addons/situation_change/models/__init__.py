from . import household_change
from . import household_change_line
from . import procedure_procedure
from . import procedure_request_linking
from . import procedure_request
from . import procedure_template
from . import situation_events
