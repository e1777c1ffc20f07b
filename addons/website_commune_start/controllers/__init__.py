from . import contribution_list
from . import first_hour
