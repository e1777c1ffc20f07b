from . import procedure_procedure, procedure_request, procedure_template
