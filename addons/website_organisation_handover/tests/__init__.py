from . import test_handover_pages
from . import test_invitation
from . import test_new_roles
from . import test_officers
