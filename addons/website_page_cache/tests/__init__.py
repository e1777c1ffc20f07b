from . import common
from . import test_emptied
from . import test_for_anybody
from . import test_kept
from . import test_store
