from . import waste_handover_sign
