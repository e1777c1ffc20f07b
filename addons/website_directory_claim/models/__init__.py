from . import directory_claim
from . import directory_entry
from . import website_page_cache
