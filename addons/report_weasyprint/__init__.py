from . import controllers
from . import log
from . import models
