from . import (
    test_crawl,
    test_everyday_queries,
    test_everyday_search,
    test_retention,
    test_searches,
    test_territory_demo,
    test_territory_demo_directory,
    test_territory_demo_living,
)
