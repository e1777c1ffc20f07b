from . import test_street_pages
