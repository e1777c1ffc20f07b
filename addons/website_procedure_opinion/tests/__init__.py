from . import test_opinion_page
from . import test_request_progress
