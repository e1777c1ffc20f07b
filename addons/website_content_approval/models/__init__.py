from . import content_guard_mixin
from . import content_approval_mixin
from . import content_revision
