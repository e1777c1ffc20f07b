from . import test_typing
from . import test_bounded
from . import test_week
