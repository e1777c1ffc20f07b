from . import household_membership
from . import person_claim
from . import person_merge
from . import res_partner
