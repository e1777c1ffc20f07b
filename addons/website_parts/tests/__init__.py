from . import common
from . import test_link
from . import test_message
from . import test_moved_views
from . import test_parts
from . import test_tools
