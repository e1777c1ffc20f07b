from . import test_website_procedure_theme
