from . import test_claim_pages
