from . import procedure_duplicate_wizard
