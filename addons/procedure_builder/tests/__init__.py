from . import test_builder_difference
from . import test_builder_layout
from . import test_builder_rights
from . import test_builder_settings
from . import test_draft_link
