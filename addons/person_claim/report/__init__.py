from . import person_claim_letter
