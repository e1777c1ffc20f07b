from . import test_person_claim
