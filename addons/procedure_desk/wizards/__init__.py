from . import procedure_words_mixin
from . import procedure_bulk_wizard
from . import procedure_completion_wizard
from . import procedure_completion_wizard_line
from . import procedure_document_date
from . import procedure_reason_wizard
