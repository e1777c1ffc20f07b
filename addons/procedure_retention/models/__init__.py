from . import privacy_processing, procedure_request, procedure_request_hold
