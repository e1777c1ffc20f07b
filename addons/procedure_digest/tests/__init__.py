from . import test_procedure_digest, test_procedure_digest_rights
