from . import procedure_request, waste_badge
