from . import test_email
