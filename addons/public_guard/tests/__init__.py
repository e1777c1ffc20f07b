from . import test_access
from . import test_code
from . import test_form
from . import test_hit
from . import test_hostile_files
from . import test_upload
from . import test_xlsx
