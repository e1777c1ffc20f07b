from . import test_crawl, test_searches, test_territory_demo
