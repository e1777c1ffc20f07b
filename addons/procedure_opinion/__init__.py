from . import models, wizards
from .hooks import _post_init, _pre_init
