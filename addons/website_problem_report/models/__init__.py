from . import platform_problem
from . import privacy_processing
from . import website
