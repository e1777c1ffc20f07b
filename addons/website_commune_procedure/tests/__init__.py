from . import test_commune_procedures
