from . import test_joining
from . import test_joining_race
from . import test_similar
