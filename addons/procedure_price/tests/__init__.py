from . import test_pricing
from . import test_price
from . import test_payment
from . import test_price_rights
from . import test_tariff
