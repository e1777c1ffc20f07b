from . import procedure_request
