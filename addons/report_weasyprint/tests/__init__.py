from . import test_renderer
from . import test_report
