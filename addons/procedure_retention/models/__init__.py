from . import (
    privacy_processing,
    procedure_elimination,
    procedure_elimination_line,
    procedure_document,
    procedure_document_line,
    procedure_request,
    procedure_request_hold,
    res_partner,
    res_users,
)
