from . import test_account_retention
