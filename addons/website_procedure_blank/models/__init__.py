from . import procedure_procedure
