from . import base
from . import ir_http
from . import res_company
from . import territory_opening_mixin
from . import website_page_cache
from . import website_page_change
