from . import test_commune_form, test_commune_pages
