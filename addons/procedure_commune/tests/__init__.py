from . import test_procedure_commune, test_procedure_commune_rights
