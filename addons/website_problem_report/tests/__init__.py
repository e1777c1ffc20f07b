from . import test_clean_page
from . import test_platform_problem
