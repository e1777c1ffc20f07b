from . import procedure_procedure, procedure_request, website_page_cache
