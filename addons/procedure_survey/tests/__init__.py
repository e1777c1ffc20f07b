from . import test_survey, test_survey_count, test_survey_rights
