from . import procedure_list_load
