from . import procedure_field
from . import procedure_procedure
from . import procedure_request
from . import procedure_version_prices
from . import procedure_version
from . import website_page_cache
