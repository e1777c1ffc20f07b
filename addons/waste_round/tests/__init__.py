from . import (
    test_pickups,
    test_waste_holiday,
    test_waste_round,
    test_waste_round_load,
    test_waste_round_rights,
)
