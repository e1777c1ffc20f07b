from . import test_doors
from . import test_empty_states
from . import test_files_left
from . import test_letter_page
from . import test_outgoing
from . import test_rights_matrix
from . import test_second_epci
from . import test_volumes
