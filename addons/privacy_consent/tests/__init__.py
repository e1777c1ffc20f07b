from . import test_privacy_consent
from . import test_privacy_consent_rights
