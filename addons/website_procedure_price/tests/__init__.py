from . import test_price_budget
from . import test_price_page
from . import test_price_builder
