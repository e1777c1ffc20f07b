from . import test_change_cells
from . import test_email_report
from . import test_events
from . import test_linking
from . import test_officer_report
from . import test_report
from . import test_report_rights
from . import test_template
