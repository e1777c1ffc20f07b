from . import test_procedure_hold, test_procedure_retention
