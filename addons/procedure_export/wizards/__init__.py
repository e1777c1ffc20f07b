from . import procedure_export_wizard
