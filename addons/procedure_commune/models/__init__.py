from . import (
    procedure_commune,
    procedure_commune_file,
    procedure_procedure,
    procedure_request,
)
