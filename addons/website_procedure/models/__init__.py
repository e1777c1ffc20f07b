from . import mail_mail
from . import procedure_procedure
from . import procedure_request
from . import res_users
from . import territory_search
from . import website_procedure_pending
from . import website_procedure_pending_file
from . import website_procedure_address
