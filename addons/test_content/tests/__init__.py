from . import test_circuit
