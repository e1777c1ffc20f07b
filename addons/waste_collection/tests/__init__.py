from . import (
    test_household_change,
    test_ir_ui_menu,
    test_waste_container,
    test_waste_container_rule,
    test_waste_container_sheet,
    test_waste_filing,
    test_waste_proposal,
    test_waste_request,
    test_waste_rights,
    test_waste_stranger,
)
