from . import test_privacy_register_export
