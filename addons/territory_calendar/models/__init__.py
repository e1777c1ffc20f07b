from . import territory_calendar
from . import territory_closed_day
from . import territory_holiday
from . import res_company
