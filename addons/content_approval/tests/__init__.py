from . import test_content_absence, test_content_validator
