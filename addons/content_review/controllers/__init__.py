from . import contribution_list
from . import figures
from . import review
from . import stale
