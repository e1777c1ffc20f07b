from . import waste_service_mixin
from . import waste_round, waste_round_shift, waste_round_street
