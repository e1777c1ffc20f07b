from . import content_review
from . import content_review_campaign
from . import content_approval_mixin
from . import content_revision
from . import content_type
