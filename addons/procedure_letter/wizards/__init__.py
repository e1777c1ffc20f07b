from . import procedure_words_mixin
from . import procedure_bulk_wizard
from . import procedure_completion_wizard
from . import procedure_letter_trial
from . import procedure_reason_wizard
from . import procedure_step_wizard
