from . import (
    territory_search,
    territory_search_elsewhere,
    territory_search_miss,
    territory_search_synonym,
)
