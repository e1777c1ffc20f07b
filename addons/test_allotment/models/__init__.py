from . import allotment_plot
from . import allotment_rent
from . import procedure_definition
from . import procedure_field
from . import procedure_field_types
from . import procedure_letter_template
from . import procedure_procedure
from . import procedure_request
