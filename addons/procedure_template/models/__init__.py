from . import procedure_definition_check
from . import procedure_definition_places
from . import procedure_definition
from . import procedure_procedure
from . import procedure_template
from . import privacy_processing
