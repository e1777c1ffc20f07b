from . import procedure_slot_move_wizard
from . import procedure_slot_move_option
from . import procedure_slot_withdraw_wizard
