from . import procedure_decision
from . import procedure_procedure
from . import procedure_request
