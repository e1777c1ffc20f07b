from . import controllers
from . import models
from .pause import patch_requests
from .pool import patch_pool

patch_pool()
patch_requests()
