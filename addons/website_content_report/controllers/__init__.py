from . import contribution_list
from . import received
from . import report
