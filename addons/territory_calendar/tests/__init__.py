from . import test_days
from . import test_school_holidays
from . import test_territory_calendar
from . import test_territory_calendar_rights
from . import test_territory_holiday
