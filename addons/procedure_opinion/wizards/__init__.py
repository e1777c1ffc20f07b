from . import procedure_consult_wizard
from . import procedure_reason_wizard
