from . import content_link
from . import content_link_host
from . import content_approval_mixin
from . import content_revision
from . import res_config_settings
