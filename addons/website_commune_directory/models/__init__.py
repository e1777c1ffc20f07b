from . import territory_commune
from . import website_page_cache
