from . import test_directory_claim
