from . import procedure_signature_wizard
