from . import handover
from . import invitation
from . import my_space
from . import organisation
