from . import wash_house
from . import wash_house_hours
