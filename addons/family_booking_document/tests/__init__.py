from . import test_booked_papers
