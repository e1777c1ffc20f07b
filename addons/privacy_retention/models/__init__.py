# What is inherited here comes first.
from . import privacy_retention_run  # isort: skip
from . import privacy_retention_mixin  # isort: skip
from . import (
    mail_mail,
    privacy_processing,
    privacy_retention,
    privacy_retention_answered_mixin,
    privacy_retention_journal,
    privacy_retention_preview,
    privacy_retention_warning,
)
