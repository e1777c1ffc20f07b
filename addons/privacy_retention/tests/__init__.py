from . import test_privacy_retention, test_schedule
