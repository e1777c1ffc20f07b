from . import procedure_letter
from . import procedure_letter_template
from . import procedure_request
from . import procedure_step
