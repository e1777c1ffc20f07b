from . import territory_commune, website_page_cache
