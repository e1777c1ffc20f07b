from . import test_custody
from . import test_family_contact
from . import test_family_custody
from . import test_family_quotient
from . import test_family_retention
from . import test_family_rights
from . import test_family_sheet
