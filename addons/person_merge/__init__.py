from . import kinds
from . import models
from . import wizards
