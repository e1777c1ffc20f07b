from . import controllers
from . import models
from .pause import patch_requests

patch_requests()
