from . import test_waste_handover
