from . import procedure_procedure
from . import procedure_request
from . import website_procedure_pending
