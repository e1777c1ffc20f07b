from . import test_territory_platform
