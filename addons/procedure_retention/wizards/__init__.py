from . import procedure_hold_wizard
