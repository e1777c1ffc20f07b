from . import territory_demo_request, territory_demo_living, territory_demo
