from . import test_events
from . import test_report
from . import test_report_rights
