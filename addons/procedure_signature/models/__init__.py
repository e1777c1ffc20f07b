from . import procedure_field
from . import procedure_field_types
from . import procedure_request_signature
from . import procedure_request
from . import procedure_signature_link
from . import procedure_signature
