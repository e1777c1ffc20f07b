from . import test_concurrency
from . import test_procedure_request
from . import test_service_transition
from . import test_transitions
