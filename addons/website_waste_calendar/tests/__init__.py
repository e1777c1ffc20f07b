from . import test_calendar_page, test_calendar_routes
