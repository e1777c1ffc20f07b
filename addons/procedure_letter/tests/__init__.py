from . import test_completion_window
from . import test_letter
from . import test_letter_drawing
from . import test_letter_rights
from . import test_letter_template
from . import test_paper
from . import test_step
