from . import procedure_export
from . import procedure_export_column
from . import procedure_request
