from . import log
from . import models
