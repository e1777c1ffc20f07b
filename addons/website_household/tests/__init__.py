from . import test_arrival
from . import test_contact
from . import test_email_change
from . import test_household
from . import test_household_invitation
from . import test_organisation_page
from . import test_organisations
from . import test_signup
