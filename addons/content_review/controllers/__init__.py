from . import contribution_list
from . import review
from . import stale
