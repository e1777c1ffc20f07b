from . import test_draft_file
