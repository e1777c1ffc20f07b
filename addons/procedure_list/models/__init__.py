from . import (
    procedure_field,
    procedure_field_types,
    procedure_list,
    procedure_list_row,
)
