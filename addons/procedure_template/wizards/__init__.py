from . import procedure_new_wizard
