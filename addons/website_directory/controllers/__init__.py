from . import directory
from . import organisation
