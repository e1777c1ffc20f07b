from . import test_lodging_sheet
