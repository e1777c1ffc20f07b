from . import procedure_request_similar
from . import procedure_request_joining
from . import procedure_request
