from . import contact
from . import household
from . import household_change
from . import household_claim
from . import my_space
from . import signup
from . import signup_confirm
from . import signup_identifier
