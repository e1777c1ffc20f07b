from . import test_form_pages
from . import test_signature_budget
from . import test_signature_builder
from . import test_signature_page
