from . import test_engine
from . import test_procedure_request_filing
from . import test_procedure_request_circuit
