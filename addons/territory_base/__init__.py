from . import log_privacy
from . import models
from .hooks import post_init_hook

log_privacy.install()
