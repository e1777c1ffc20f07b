from . import test_privacy_processing
