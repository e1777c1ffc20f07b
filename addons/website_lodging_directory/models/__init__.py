from . import lodging_declaration
from . import procedure_request
