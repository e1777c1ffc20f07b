from . import test_csv_reader
from . import test_list_load
from . import test_list_rights
from . import test_list_type
