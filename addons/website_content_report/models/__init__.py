from . import content_report
from . import content_approval_mixin
from . import content_revision
from . import privacy_processing
