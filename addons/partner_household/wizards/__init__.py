from . import household_change_decision
from . import household_change_acceptance
from . import household_change_refusal
from . import parental_authority_decision
