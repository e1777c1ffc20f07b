from . import procedure_reason_wizard
