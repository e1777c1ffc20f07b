from . import procedure_procedure, res_company, website, website_page_cache
