from . import (
    test_lodging_declaration,
    test_lodging_import,
    test_lodging_mode,
    test_lodging_number,
    test_lodging_rights,
    test_lodging_walk,
    test_town_halls,
)
