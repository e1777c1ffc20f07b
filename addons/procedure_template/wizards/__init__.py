from . import procedure_definition_place
from . import procedure_new_wizard
