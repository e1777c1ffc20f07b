from . import test_survey_page
