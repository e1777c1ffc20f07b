from . import procedure_procedure
from . import procedure_request
from . import procedure_template
from . import street_report_route
