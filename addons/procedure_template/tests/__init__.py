from . import test_procedure_definition
from . import test_procedure_new_wizard
from . import test_procedure_template
