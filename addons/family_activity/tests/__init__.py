from . import test_cutoff
from . import test_opening
from . import test_family_activity
from . import test_family_session
from . import test_family_activity_rights
