from . import test_lodging_pages
