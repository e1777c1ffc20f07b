from . import test_badge_race
from . import test_waste_badge
