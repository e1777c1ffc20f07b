from . import person_claim_wizard
