from . import procedure_request
from . import procedure_request_report
