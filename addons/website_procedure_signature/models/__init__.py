from . import procedure_field
from . import procedure_procedure
from . import procedure_request
