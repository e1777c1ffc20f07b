from . import test_engine
from . import test_engine_checks
from . import test_engine_formula
from . import test_engine_numbers
from . import test_engine_types
from . import test_procedure_field
from . import test_procedure_publication
