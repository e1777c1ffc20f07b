from . import test_procedure_request_report
