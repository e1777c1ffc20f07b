from . import privacy_processing, procedure_request, waste_container_move, waste_handover
