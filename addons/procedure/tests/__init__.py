from . import test_engine
from . import test_procedure_back_office
from . import test_procedure_publication
from . import test_procedure_request_circuit
from . import test_procedure_request_filing
from . import test_procedure_request_mail
from . import test_procedure_request_thread
from . import test_procedure_rights
