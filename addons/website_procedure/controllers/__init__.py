from . import catalogue
from . import form
from . import tracking
from . import household
from . import portal
from . import signup
