from . import test_territory_demo
