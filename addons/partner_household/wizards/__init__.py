from . import parental_authority_decision
from . import household_change_refusal
