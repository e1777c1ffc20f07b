from . import (
    privacy_processing,
    procedure_procedure,
    procedure_request,
    procedure_survey_answer,
    procedure_survey_cell,
    procedure_survey_comment,
    procedure_survey_result,
)
