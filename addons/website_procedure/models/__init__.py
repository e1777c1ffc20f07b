from . import ir_http
from . import procedure_procedure
from . import procedure_request
from . import procedure_step
from . import website_procedure_event
from . import website_procedure_pending
from . import website_procedure_pending_file
from . import website_procedure_slug
