from . import controllers
from . import log_privacy
from . import models
from .hooks import post_init_hook
from .pause import patch_requests

log_privacy.install()
patch_requests()
