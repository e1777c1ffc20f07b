from . import test_typing
from . import test_bounded
