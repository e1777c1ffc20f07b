from . import test_circuit
from . import test_difference
from . import test_machine
from . import test_readers
from . import test_values
from . import test_guard
from . import test_hostile
