from . import procedure_form_count, procedure_form_mark, procedure_version
