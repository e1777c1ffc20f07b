from . import commune_room
from . import procedure_procedure
from . import procedure_request
from . import room_room
from . import website_page_cache
from . import website_procedure_pending
