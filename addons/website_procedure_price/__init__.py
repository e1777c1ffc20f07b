from . import models
from . import pages
