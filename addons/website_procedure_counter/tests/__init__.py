from . import test_counter
from . import test_counter_child
from . import test_counter_incomplete
from . import test_counter_paper
from . import test_counter_rights
from . import test_counter_seen
