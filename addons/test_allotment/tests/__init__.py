from . import test_acceptance
