from . import counter
from . import counter_completion
