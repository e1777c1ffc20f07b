from . import search_question
from . import territory_search_document
from . import territory_search_miss
from . import website
from . import website_page_cache
