from . import test_funnel_dump, test_funnel_form, test_funnel_rights
