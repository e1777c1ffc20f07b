from . import (
    test_territory_search,
    test_territory_search_index,
    test_territory_search_miss,
    test_territory_search_rights,
)
