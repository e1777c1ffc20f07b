from . import test_procedure_export
from . import test_procedure_export_rights
from . import test_request_table
from . import test_versions_property
