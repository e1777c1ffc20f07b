from . import catalogue
from . import form
from . import tracking
from . import portal
