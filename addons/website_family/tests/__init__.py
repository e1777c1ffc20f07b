from . import test_family_pages
from . import test_family_refusals
from . import test_family_papers
from . import test_family_week
from . import test_family_week_pages
from . import test_family_words
