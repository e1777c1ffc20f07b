# What is inherited here comes first.
from . import procedure_request_resume  # isort: skip
from . import (
    lodging_declaration,
    lodging_mode,
    procedure_field_types,
    procedure_letter,
    procedure_procedure,
    procedure_request,
    procedure_template,
    territory_service,
)
