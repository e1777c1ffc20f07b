from . import household_change
from . import ir_ui_menu
from . import (
    procedure_procedure,
    procedure_request,
    procedure_request_container,
    procedure_request_dwelling,
    procedure_step,
    res_partner,
    waste_container,
    waste_container_move,
    waste_container_rule,
)
