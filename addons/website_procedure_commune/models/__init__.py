from . import procedure_procedure, website_page_cache
