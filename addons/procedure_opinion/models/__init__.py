from . import procedure_digest
from . import procedure_opinion
from . import procedure_request
