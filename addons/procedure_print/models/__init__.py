from . import procedure_request_report
