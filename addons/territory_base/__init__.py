from . import controllers
from . import models
from .hooks import post_init_hook
from .pause import patch_requests

patch_requests()
