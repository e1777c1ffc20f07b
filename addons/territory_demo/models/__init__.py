from . import territory_demo, territory_demo_request
