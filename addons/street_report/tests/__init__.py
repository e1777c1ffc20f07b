from . import test_street_report
from . import test_street_rights
