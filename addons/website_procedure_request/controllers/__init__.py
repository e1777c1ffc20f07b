from . import catalogue
from . import form
from . import portal
from . import tracking
from . import tracking_code
