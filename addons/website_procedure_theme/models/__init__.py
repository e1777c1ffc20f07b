from . import procedure_procedure, res_company, website
