from . import territory_search_phrases  # Before those that it serves.
from . import (
    territory_search,
    territory_search_document,
    territory_search_elsewhere,
    territory_search_guess,
    territory_search_index,
    territory_search_miss,
    territory_search_mixin,
    territory_search_page,
    territory_search_synonym,
    territory_search_word,
    territory_service,
)
