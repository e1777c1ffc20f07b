from . import test_school_derogation, test_school_request, test_template
