from . import procedure_decision
from . import procedure_document_line
from . import procedure_procedure
from . import procedure_request
from . import website_procedure_event
from . import website_procedure_pending
