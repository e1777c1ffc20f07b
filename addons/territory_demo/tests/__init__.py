from . import test_crawl, test_territory_demo
