from . import procedure_definition_place
from . import procedure_draft_file
from . import procedure_procedure
