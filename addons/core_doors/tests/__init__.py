from . import test_core_list
from . import test_doors
from . import test_file_store
from . import test_pause
from . import test_pool
from . import test_websocket
