from . import (
    test_account_kept,
    test_procedure_document,
    test_procedure_elimination,
    test_procedure_hold,
    test_procedure_retention,
)
