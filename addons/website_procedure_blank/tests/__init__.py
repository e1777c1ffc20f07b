from . import test_blank
