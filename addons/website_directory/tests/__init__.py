from . import test_directory_entry
from . import test_directory_guard
from . import test_directory_pages
from . import test_directory_proposal
from . import test_directory_rights
from . import test_directory_search
from . import test_drawn_map
from . import test_territory_loader
