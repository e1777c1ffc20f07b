from . import test_situation_pages
